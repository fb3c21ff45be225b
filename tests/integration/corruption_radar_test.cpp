// Faults of radar detections and of motion sensors that `oddroad verify` must catch and name.
#include <algorithm>
#include <cmath>

#include "engine/dataset/calibration_json.h"
#include "engine/dataset/radar_pcd.h"
#include "engine/dataset/series_npy.h"
#include "tests/integration/planted.h"

namespace oddroad::tests {
namespace {

constexpr const char* kRig = "quick_radar_rig.yaml";
constexpr const char* kCloud = "imaging/000001.pcd";

using Detections = std::vector<capture::RadarDetection>;

// Edits the detections of one cycle.
void edit(Planted& planted, const std::function<void(Detections&)>& change) {
  auto detections = *dataset::decode_radar_pcd(planted.read(kCloud), kCloud);
  ASSERT_GT(detections.size(), 20u);
  change(detections);
  planted.write(kCloud, dataset::encode_radar_pcd(detections));
}

capture::RadarDetection& straight(Detections& all) {
  return *std::find_if(all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end(),
                       [](const auto& d) {
                         return d.cause == static_cast<int>(capture::RadarCause::kTarget);
                       });
}

TEST(CorruptRadar, GoodOneIsGoodAndEverythingIsLookedAt) {
  const Ran ran = run_cli({"verify", good_dataset(kRig), "--all"});
  EXPECT_EQ(ran.code, cli::kDone) << ran.out << ran.err;
  for (const char* check : {"radar_geometry", "radar_signal", "radar_ids", "radar_ranges",
                            "radar_velocities", "radar_noise", "radar_counts", "radar_tracks",
                            "imu", "gnss", "gnss_sky", "ins", "odometry", "motion_series"}) {
    EXPECT_NE(ran.out.find(check), std::string::npos) << check << "\n" << ran.out;
  }
}

TEST(CorruptRadar, OneMovedTenCentimetres) {
  Planted planted(good_dataset(kRig));
  edit(planted, [](Detections& all) {
    straight(all).y_m += 0.1f;
  });
  expect_caught(planted, "radar_geometry");
}

TEST(CorruptRadar, InstancesShiftedByOne) {
  Planted planted(good_dataset(kRig));
  edit(planted, [](Detections& all) {
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
      std::swap(all[i].instance, all[i + 1].instance);
  });
  expect_caught(planted, "radar_ids");
}

TEST(CorruptRadar, TrueRangeFiveCentimetresOff) {
  Planted planted(good_dataset(kRig));
  edit(planted, [](Detections& all) {
    straight(all).true_range_m += 0.05f;
  });
  expect_caught(planted, "radar_ranges");
}

TEST(CorruptRadar, VelocityOverGroundAsTruth) {
  Planted planted(good_dataset(kRig));
  edit(planted, [](Detections& all) {
    for (auto& d : all) d.true_velocity_mps = d.velocity_compensated_mps;
  });
  expect_caught(planted, "radar_velocities");
}

TEST(CorruptRadar, OwnMotionAddedTwice) {
  Planted planted(good_dataset(kRig));
  edit(planted, [](Detections& all) {
    for (auto& d : all) d.velocity_compensated_mps += d.velocity_compensated_mps - d.velocity_mps;
  });
  expect_caught(planted, "radar_geometry");
}

TEST(CorruptRadar, CrossSectionOneDecibelOff) {
  Planted planted(good_dataset(kRig));
  edit(planted, [](Detections& all) {
    straight(all).rcs_dbsm += 1;
  });
  expect_caught(planted, "radar_signal");
}

TEST(CorruptRadar, MeasuredFarFromTruth) {
  Planted planted(good_dataset(kRig));
  edit(planted, [](Detections& all) {
    straight(all).velocity_mps += 5;
    straight(all).velocity_compensated_mps += 5;
  });
  expect_caught(planted, "radar_noise");
}

TEST(CorruptRadar, CountOfDetections) {
  Planted planted(good_dataset(kRig));
  planted.labels("imaging", 1, [](dataset::FrameLabels& f) {
    f.in_world[0].returns_by_id += 1;
  });
  expect_caught(planted, "radar_counts");
}

TEST(CorruptRadar, TrackInTheWoods) {
  Planted planted(good_dataset(kRig));
  planted.labels("imaging", 3, [](dataset::FrameLabels& f) {
    ASSERT_FALSE(f.tracks->empty());
    f.tracks->front().missed = 0;
    f.tracks->front().position_ego_m = {-150, 90};
  });
  expect_caught(planted, "radar_tracks");
}

TEST(CorruptRadar, MountedATenthOfADegreeOff) {
  Planted planted(good_dataset(kRig));
  planted.calibration([](capture::Calibration& c) {
    auto& q = c.radars.back().T_ego_radar.rotation;
    q = q * math::from_yaw_pitch_roll(0.1 * M_PI / 180);
  });
  expect_caught(planted, "radar_ranges");
}

template <typename Sample, typename Decode>
void edit_series(Planted& planted, const std::string& file, const Decode& decode,
                 const std::function<void(std::vector<Sample>&)>& change) {
  auto samples = *decode(planted.read(file), file);
  change(samples);
  planted.write(file, dataset::encode_series(samples));
}

TEST(CorruptMotion, GravityDownwards) {
  Planted planted(good_dataset(kRig));
  edit_series<capture::ImuSample>(planted, "imu.imu.npy", dataset::decode_imu, [](auto& samples) {
    for (auto& s : samples) s.true_force_mps2 = -s.true_force_mps2;
  });
  expect_caught(planted, "imu");
}

TEST(CorruptMotion, RatesInTheAxesOfTheCar) {
  Planted planted(good_dataset(kRig));
  edit_series<capture::ImuSample>(planted, "imu.imu.npy", dataset::decode_imu, [](auto& samples) {
    for (auto& s : samples) std::swap(s.rate_rps.x, s.rate_rps.y), s.rate_rps.z += 0.01;
  });
  expect_caught(planted, "imu");
}

TEST(CorruptMotion, StampsShiftedByAMillisecond) {
  Planted planted(good_dataset(kRig));
  edit_series<capture::ImuSample>(planted, "imu.imu.npy", dataset::decode_imu, [](auto& samples) {
    for (auto& s : samples) s.stamp_ns += 1'000'000;
  });
  expect_caught(planted, "motion_series");
}

TEST(CorruptMotion, LatitudeOfAnotherPlace) {
  Planted planted(good_dataset(kRig));
  edit_series<capture::GnssFix>(planted, "roof.gnss.npy", dataset::decode_gnss, [](auto& fixes) {
    fixes[2].latitude_rad += 1e-7;  // 0.6 m
  });
  expect_caught(planted, "gnss");
}

TEST(CorruptMotion, SatelliteBehindAHouseInSight) {
  Planted planted(good_dataset(kRig));
  edit_series<capture::GnssFix>(planted, "roof.gnss.npy", dataset::decode_gnss, [](auto& fixes) {
    for (auto& f : fixes) f.in_sight ^= (std::int64_t{1} << 20) - 1;
  });
  expect_caught(planted, "gnss_sky");
}

TEST(CorruptMotion, HeadingClockwise) {
  Planted planted(good_dataset(kRig));
  edit_series<capture::NavigationSample>(planted, "oxts.ins.npy", dataset::decode_navigation,
                                         [](auto& samples) {
                                           for (auto& s : samples) s.yaw_rad = 1.5 - s.yaw_rad;
                                         });
  expect_caught(planted, "ins");
}

TEST(CorruptMotion, TicksOfAnotherWheelSize) {
  Planted planted(good_dataset(kRig));
  edit_series<capture::OdometrySample>(planted, "wheels.odometry.npy", dataset::decode_odometry,
                                       [](auto& samples) {
                                         for (auto& s : samples) s.ticks_rl += s.ticks_rl / 4;
                                       });
  expect_caught(planted, "odometry");
}

}  // namespace
}  // namespace oddroad::tests
