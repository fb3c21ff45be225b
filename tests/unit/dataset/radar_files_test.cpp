// Files of radars and motion sensors come back as they were, and others are refused.
#include <cmath>

#include <gtest/gtest.h>

#include "engine/dataset/calibration_json.h"
#include "engine/dataset/frame_json.h"
#include "engine/dataset/radar_pcd.h"
#include "engine/dataset/series_npy.h"

namespace oddroad {
namespace {

capture::RadarDetection detection(int k) {
  capture::RadarDetection d;
  d.x_m = 1.5f * float(k), d.y_m = -2, d.range_m = 7.25f, d.velocity_mps = -3.125f;
  d.time_offset_ns = -18'000'000, d.instance = 65'535, d.via = 12, d.class_id = 13, d.cause = 2;
  d.scan = 1, d.true_snr_db = 21.5f;
  return d;
}

TEST(RadarPcd, RoundTripAndHeader) {
  const std::vector<capture::RadarDetection> all = {detection(1), detection(2), detection(3)};
  const std::string bytes = dataset::encode_radar_pcd(all);
  const auto back = dataset::decode_radar_pcd(bytes, "x.pcd");
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(*back, all);
  EXPECT_NE(bytes.find("FIELDS x y z range azimuth elevation radial_velocity "), std::string::npos);
  EXPECT_NE(bytes.find("\nPOINTS 3\n"), std::string::npos);
  EXPECT_FALSE(dataset::decode_radar_pcd(bytes.substr(0, bytes.size() - 1), "x.pcd"));
  EXPECT_FALSE(dataset::decode_radar_pcd("", "x.pcd"));
  std::string other = bytes;
  other.replace(other.find("azimuth"), 7, "bearing");
  EXPECT_FALSE(dataset::decode_radar_pcd(other, "x.pcd"));
  EXPECT_TRUE(dataset::decode_radar_pcd(dataset::encode_radar_pcd({}), "x.pcd")->empty());
}

TEST(SeriesNpy, RoundTripOfEveryKind) {
  capture::ImuSample imu;
  imu.stamp_ns = 5'000'000, imu.force_mps2 = {0.1, -0.2, 9.81}, imu.saturated = 5;
  capture::GnssFix fix;
  fix.quality = 4, fix.in_sight = (std::int64_t{1} << 40) + 3, fix.latitude_rad = 0.87;
  capture::NavigationSample nav;
  nav.yaw_rad = -3, nav.true_yaw_rad = 3;
  capture::OdometrySample wheel;
  wheel.ticks_rr = -7, wheel.true_steer_rad = 0.01;
  const std::string a = dataset::encode_series(std::vector{imu, imu});
  EXPECT_EQ(*dataset::decode_imu(a, "a"), (std::vector{imu, imu}));
  EXPECT_EQ(a.compare(0, 6, "\x93NUMPY"), 0);
  EXPECT_EQ((a.size()) % 8, 0u);
  EXPECT_NE(a.find("('stamp', '<i8'), ('force_x', '<f8')"), std::string::npos);
  EXPECT_EQ(*dataset::decode_gnss(dataset::encode_series(std::vector{fix}), "g"), std::vector{fix});
  EXPECT_EQ(*dataset::decode_navigation(dataset::encode_series(std::vector{nav}), "n"),
            std::vector{nav});
  EXPECT_EQ(*dataset::decode_odometry(dataset::encode_series(std::vector{wheel}), "o"),
            std::vector{wheel});
  const std::vector<capture::Satellite> sky = {{{0, 0.6, 0.8}}, {{1, 0, 0}}};
  EXPECT_EQ(*dataset::decode_satellites(dataset::encode_satellites(sky), "s"), sky);
  EXPECT_FALSE(dataset::decode_gnss(a, "a"));
  EXPECT_FALSE(dataset::decode_imu(a.substr(0, a.size() - 8), "a"));
  EXPECT_FALSE(dataset::decode_imu("x", "a"));
}

TEST(CalibrationJson, RadarsAndMotionSensorsComeBack) {
  capture::Calibration all;
  capture::RadarCalibration radar;
  radar.name = "front", radar.model = "ars408_like", radar.period_ns = 76'923'077;
  radar.T_ego_radar = math::pose_xyz_yaw(3.4, 0, 0.5, 0.1);
  radar.weather = false;
  capture::RadarScan scan;
  scan.name = "far", scan.offset_ns = 18'000'000, scan.pattern = {{0, 0}, {0.1, -3}};
  scan.range_resolution_m = 1.79, scan.velocity_min_mps = -111;
  radar.scans = {scan};
  all.radars = {radar};
  capture::ImuCalibration imu;
  imu.name = "imu", imu.gyro.noise = 1e-4, imu.accelerometer.limit = 50, imu.period_ns = 1;
  all.motion.imus = {imu};
  all.motion.gnss = {{"roof", "rtk", math::pose_xyz_yaw(1, 0, 2, 0), 10, 20, true, false}};
  all.motion.navigations = {{"nav", "rt3003", "roof", {}, 10, true, 1e-3, 2e-3}};
  capture::OdometryCalibration wheels;
  wheels.name = "bus", wheels.ticks_per_turn = 96, wheels.hub_ego_m[2] = {0, 0.7, 0.3};
  all.motion.odometries = {wheels};
  const auto back = dataset::decode_calibration(dataset::encode_calibration(all), "c.json");
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(*back, all);
}

TEST(FrameJson, TracksComeBackAndOtherSensorsHaveNone) {
  dataset::FrameLabels labels;
  labels.stamp.sensor = "front";
  EXPECT_FALSE(dataset::decode_labels(dataset::encode_labels(labels), "f")->tracks);
  labels.tracks =
      std::vector<capture::RadarTrack>{{7, {20, -3}, {1.5, 0}, 0.3, 0.4, 9.5, 12, 1, 65'000}};
  EXPECT_EQ(*dataset::decode_labels(dataset::encode_labels(labels), "f"), labels);
}

}  // namespace
}  // namespace oddroad
