#include "sensors/lidar/scanner.h"

#include <cmath>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "sensors/lidar/beam_table.h"
#include "sensors/lidar/model_file.h"
#include "sensors/lidar/receiver.h"
#include "sensors/lidar/surface_optics.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3d;
using tests::TestWorld;

core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}

lidar::LidarSettings settings(const std::string& model, bool noise = false) {
  auto loaded = lidar::load_lidar_model(model, roots());
  EXPECT_TRUE(loaded.has_value()) << core::to_string(loaded.error());
  lidar::LidarSettings out{*loaded, lidar::ReturnMode::kStrongest, lidar::Effects::none()};
  out.effects.noise = out.effects.detection = noise;
  return out;
}

capture::PointCloud sweep(const TestWorld& world, const lidar::Scanner& scanner,
                          const math::Pose& mount, std::uint64_t key = 1) {
  const std::int64_t stamp = 200'000'000;
  const auto window = world.window(scanner.begin_ns(stamp), scanner.end_ns(stamp));
  auto factory = cast::make_embree_factory();
  lidar::SweepRequest request;
  request.stamp_ns = stamp;
  request.tick_key = key;
  return scanner.sweep(window, *(*factory)->create(window), mount, request).cloud;
}

TEST(LidarModel, TablesHaveTheirBeams) {
  const auto hdl = settings("velodyne_hdl64e_s2").model;
  EXPECT_EQ(hdl.beams.size(), 64u);
  EXPECT_EQ(hdl.scan().columns, 2083u);
  const auto vls = settings("velodyne_vls128").model;
  EXPECT_EQ(vls.beams.size(), 128u);
  double lowest = 1;
  for (const auto& beam : vls.beams) {
    if (beam.ring == 0) lowest = beam.elevation_rad;
  }
  EXPECT_NEAR(lowest, -25 * M_PI / 180, 1e-6);
  for (std::size_t i = 1; i < vls.beams.size(); ++i) {
    EXPECT_LE(vls.beams[i - 1].fire_time_ns, vls.beams[i].fire_time_ns);
  }
}

TEST(LidarModel, UnknownNameSuggests) {
  const auto loaded = lidar::load_lidar_model("velodyne_vls129", roots());
  ASSERT_FALSE(loaded.has_value());
  EXPECT_NE(core::to_string(loaded.error()).find("velodyne_vls128"), std::string::npos);
}

TEST(LidarModel, BrokenTableNamesTheLine) {
  const std::string text =
      "# comment\nlaser_id,elevation_deg,azimuth_offset_deg,fire_time_us\n0,1,2,3\n1,x,2,3\n2,1\n";
  const auto beams = lidar::parse_beam_table(text, "beams.csv");
  ASSERT_FALSE(beams.has_value());
  ASSERT_EQ(beams.error().items().size(), 2u);
  EXPECT_EQ(beams.error().items()[0].where.line, 4);
  EXPECT_EQ(beams.error().items()[1].where.line, 5);
  EXPECT_FALSE(lidar::parse_beam_table("", "beams.csv").has_value());
  EXPECT_FALSE(lidar::parse_beam_table("a,b\n1,2\n", "beams.csv").has_value());
}

TEST(Scanner, WallAtTenMetresReadsTen) {
  TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(10)));
  for (const char* name : {"velodyne_hdl64e_s2", "velodyne_vls128"}) {
    const lidar::Scanner scanner(settings(name));
    const auto cloud = sweep(world, scanner, {{1, 0, 0, 0}, {0, 0, 2}});
    ASSERT_GT(cloud.size(), 1000u);
    for (std::size_t i = 0; i < cloud.size(); ++i) {
      EXPECT_NEAR(cloud.x_m[i], 10, 2e-5) << name << " point " << i;
      EXPECT_EQ(cloud.instance[i], 65535);
    }
  }
}

TEST(Scanner, TimeAndAzimuthBelongTogether) {
  // Inside a closed cylinder of walls every shot returns; the azimuth at the stamp is forward.
  TestWorld world;
  world.add_static("room", tests::model_of(tests::box_mesh({-9, -9, -9}, {9, 9, 9})));
  const lidar::Scanner scanner(settings("velodyne_vls128"));
  const auto cloud = sweep(world, scanner, {});
  EXPECT_EQ(cloud.size(), std::size_t{scanner.settings().model.scan().columns} * 128);
  for (std::size_t i = 0; i < cloud.size(); i += 97) {
    const double azimuth = std::atan2(cloud.y_m[i], cloud.x_m[i]);
    const double expected = -2 * M_PI * cloud.time_offset_ns[i] / 1e8;
    // Azimuth offsets of the table reach 6.4 degrees.
    EXPECT_LT(std::abs(math::wrap_angle(azimuth - expected)), 6.5 * M_PI / 180);
  }
}

TEST(Scanner, MovingBoxIsShearedAsTheBeamTurns) {
  // A box that drives away at 20 m/s on each side: points lie on the box posed at their own time.
  TestWorld world;
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {4, 1, 2})),
                  math::pose_xyz_yaw(8, 3, 0, 0.3), {20, 0, 0}, 0.8);
  world.add_actor("behind", tests::model_of(tests::box_mesh({0, -1, 0}, {4, 1, 2})),
                  math::pose_xyz_yaw(-9, -0.6, 0, 0.1), {-15, 3, 0}, -0.4);
  // 5 and 7 Hz: sweeps longer than one tree of the ray caster.
  for (const double rate_hz : {10.0, 5.0, 7.0}) {
    auto device = settings("velodyne_vls128");
    device.model.rate_hz = rate_hz;
    const lidar::Scanner scanner(device);
    const auto cloud = sweep(world, scanner, {{1, 0, 0, 0}, {0, 0, 1.9}});
    ASSERT_GT(cloud.size(), 500u);
    std::int32_t first = 0, last = 0;
    for (std::size_t i = 0; i < cloud.size(); ++i) {
      const auto& box = world.timeline().actors[cloud.instance[i] - 1u];
      const auto T = world::pose_at(box, 200'000'000 + cloud.time_offset_ns[i]);
      const Vec3d p = T.inverse().point(Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i] + 1.9));
      const Vec3d outside = glm::max(glm::max(Vec3d(0, -1, 0) - p, p - Vec3d(4, 1, 2)), Vec3d(0));
      const double inside = std::min({p.x, 4 - p.x, p.y + 1, 1 - p.y, p.z, 2 - p.z});
      EXPECT_LT(glm::length(outside), 1e-3);
      EXPECT_LT(std::abs(inside), 1e-3);
      first = std::min(first, cloud.time_offset_ns[i]);
      last = std::max(last, cloud.time_offset_ns[i]);
    }
    // What is behind is met at both ends of the sweep.
    EXPECT_LT(first, -0.45e9 / rate_hz);
    EXPECT_GT(last, 0.45e9 / rate_hz);
  }
}

TEST(Scanner, NoiseHasTheModelsSpread) {
  TestWorld world;
  world.add_static("room", tests::model_of(tests::box_mesh({-9, -9, -9}, {9, 9, 9}), 0.8f));
  auto s = settings("velodyne_vls128", true);
  const lidar::Scanner scanner(s);
  const auto cloud = sweep(world, scanner, {});
  double sum = 0;
  double square = 0;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const double e = cloud.range_m[i] - cloud.true_range_m[i];
    sum += e;
    square += e * e;
  }
  const double n = static_cast<double>(cloud.size());
  EXPECT_NEAR(sum / n, 0, 1e-3);
  EXPECT_NEAR(std::sqrt(square / n), s.model.noise_m, 0.1 * s.model.noise_m);
  EXPECT_NE(sweep(world, scanner, {}, 2).range_m, cloud.range_m);
  EXPECT_EQ(sweep(world, scanner, {}, 1).range_m, cloud.range_m);
}

TEST(Detection, TenPercentTargetAtItsRangeIsSeenHalfTheTime) {
  const auto model = settings("velodyne_hdl64e_s2").model;
  const double snr = lidar::signal_to_noise(model, 0.1, model.range_10_m);
  EXPECT_NEAR(lidar::detection_probability(snr), 0.5, 1e-12);
  EXPECT_GT(lidar::detection_probability(2 * snr), 0.99);
  EXPECT_LT(lidar::detection_probability(0.5 * snr), 0.05);
}

TEST(Detection, DarkFarWallIsLostAndBrightOneIsNot) {
  for (const auto& [reflectance, seen] : {std::pair{0.02f, false}, std::pair{0.8f, true}}) {
    TestWorld world;
    world.add_static("wall", tests::model_of(tests::wall_mesh(60, 3), reflectance));
    const lidar::Scanner scanner(settings("velodyne_hdl64e_s2", true));
    const auto cloud = sweep(world, scanner, {});
    EXPECT_EQ(cloud.size() > 50, seen) << reflectance;
  }
}

TEST(Detection, RetroreflectorOutshinesPaint) {
  asset::Material sign;
  sign.reflectance_905nm = 0.4f;
  sign.retro_905nm = 200;
  EXPECT_GT(lidar::respond(sign, 1.0, {}).back(), 100);
  EXPECT_LT(lidar::respond(sign, 0.1, {}).back(), 5);
}

}  // namespace
}  // namespace oddroad
