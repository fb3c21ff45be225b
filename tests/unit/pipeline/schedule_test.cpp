#include "engine/pipeline/schedule.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace oddroad {
namespace {

core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}

pipeline::Rig kitti() {
  auto rig = pipeline::load_rig(ODDROAD_SOURCE_DIR "/scenarios/rigs/kitti.yaml", roots());
  EXPECT_TRUE(rig.has_value()) << core::to_string(rig.error());
  return std::move(*rig);
}

TEST(Rig, KittiHasItsPublishedGeometry) {
  const auto calibration = kitti().calibration();
  ASSERT_EQ(calibration.cameras.size(), 2u);
  const auto& left = calibration.cameras[0];
  const auto& right = calibration.cameras[1];
  EXPECT_NEAR(left.T_ego_camera.translation.y - right.T_ego_camera.translation.y, 0.5325, 1e-3);
  // The optical axis looks forward, image y points down.
  EXPECT_NEAR((left.T_ego_camera.rotation * math::Vec3d(0, 0, 1)).x, 1, 1e-12);
  EXPECT_NEAR((left.T_ego_camera.rotation * math::Vec3d(0, 1, 0)).z, -1, 1e-12);
}

TEST(Rig, AllRigsOfTheLibraryLoad) {
  int loaded = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(ODDROAD_SOURCE_DIR "/scenarios/rigs")) {
    const auto rig = pipeline::load_rig(file.path().string(), roots());
    EXPECT_TRUE(rig.has_value()) << core::to_string(rig.error());
    if (!rig.has_value()) continue;
    EXPECT_EQ(rig->name, file.path().stem().string());
    ++loaded;
  }
  EXPECT_GE(loaded, 14);
}

TEST(Rig, ProblemsOfAllSensorsComeTogether) {
  const std::string path = testing::TempDir() + "/broken_rig.yaml";
  std::ofstream(path) << "schema: 1\nname: broken\nsensors:\n"
                         "  a: {type: camera, mount: {x: 1 m, z: 1 m}, size: [10, 20]}\n"
                         "  b: {type: lidar, mount: {x: 1 m, z: 2}, model: velodyne_vls12}\n"
                         "  c: {type: sonar, mount: {x: 1 m, z: 1 m}}\n";
  const auto rig = pipeline::load_rig(path, roots());
  ASSERT_FALSE(rig.has_value());
  const std::string text = core::to_string(rig.error());
  EXPECT_NE(text.find("broken_rig.yaml:5:"), std::string::npos) << text;
  EXPECT_NE(text.find("sonar"), std::string::npos) << text;
}

TEST(Schedule, CameraAndLidarShareStampsAndSweepsFit) {
  const auto rig = kitti();
  const auto ticks = pipeline::plan_ticks(rig, 10, 0, 1'000'000'000, true, true);
  ASSERT_EQ(ticks.size(), 9u);  // the sweeps at 0 and 1 s would reach out of the clip
  for (std::size_t k = 0; k < ticks.size(); ++k) {
    ASSERT_EQ(ticks[k].cameras.size(), 2u);
    ASSERT_EQ(ticks[k].lidars.size(), 1u);
    EXPECT_EQ(ticks[k].stamp_ns, static_cast<std::int64_t>(k + 1) * 100'000'000);
    EXPECT_EQ(ticks[k].begin_ns, ticks[k].stamp_ns - 50'000'000);
    EXPECT_EQ(ticks[k].cameras[0].tick, static_cast<int>(k));
    EXPECT_EQ(ticks[k].lidars[0].tick, static_cast<int>(k));
  }
}

TEST(Schedule, SlowSweepsFitWhatTheirRateIs) {
  const std::string path = testing::TempDir() + "/slow_rig.yaml";
  std::ofstream(path)
      << "schema: 1\nname: slow\nsensors:\n"
         "  a: {type: lidar, mount: {x: 1 m, z: 2 m}, model: velodyne_vlp16, rate: 5 Hz}\n"
         "  b: {type: lidar, mount: {x: 1 m, z: 2 m}, model: velodyne_vlp16, rate: 7 Hz}\n";
  const auto rig = pipeline::load_rig(path, roots());
  ASSERT_TRUE(rig.has_value()) << core::to_string(rig.error());
  std::vector<std::int64_t> stamps[2];
  for (const auto& tick : pipeline::plan_ticks(*rig, 10, 0, 1'000'000'000, true, true)) {
    for (const auto& trigger : tick.lidars) {
      stamps[trigger.sensor].push_back(tick.stamp_ns);
      const auto& scanner = rig->lidars[trigger.sensor].scanner;
      EXPECT_LE(tick.begin_ns, scanner.begin_ns(tick.stamp_ns));
      EXPECT_GE(tick.end_ns, scanner.end_ns(tick.stamp_ns));
    }
    EXPECT_GE(tick.begin_ns, 0);
    EXPECT_LE(tick.end_ns, 1'000'000'000);
  }
  using Stamps = std::vector<std::int64_t>;
  EXPECT_EQ(stamps[0], (Stamps{200'000'000, 400'000'000, 600'000'000, 800'000'000}));
  EXPECT_EQ(stamps[1],
            (Stamps{142'857'143, 285'714'286, 428'571'429, 571'428'572, 714'285'715, 857'142'858}));
}

TEST(Schedule, RadarsKeepTheirRateAndFixesFillTheClip) {
  const auto rig =
      pipeline::load_rig(ODDROAD_SOURCE_DIR "/scenarios/rigs/nuscenes_radars.yaml", roots());
  ASSERT_TRUE(rig) << core::to_string(rig.error());
  ASSERT_EQ(rig->radars.size(), 5u);
  const auto ticks = pipeline::plan_ticks(*rig, 20, 0, 1'000'000'000, false, false, true, true);
  std::size_t cycles = 0, fixes = 0;
  for (const auto& tick : ticks) {
    cycles += tick.radars.size();
    fixes += tick.gnss.size();
    if (tick.radars.empty()) continue;
    EXPECT_EQ(tick.stamp_ns % 76'923'077, 0);  // 13 Hz
    EXPECT_EQ(tick.begin_ns, tick.stamp_ns - 18'000'000);
    EXPECT_EQ(tick.end_ns, tick.stamp_ns + 19'000'000);
  }
  EXPECT_EQ(cycles, 5 * 12u);  // those at 0 and at 1.0 s would reach out of the clip
  EXPECT_EQ(fixes, 11u);       // 10 Hz from 0 on
}

TEST(Rig, AnInsNamesAReceiverThatIsThere) {
  const std::string path = testing::TempDir() + "/ins_rig.yaml";
  std::ofstream(path) << "schema: 1\nname: broken\nsensors:\n"
                         "  roof: {type: gnss, mount: {x: 1 m, z: 1 m}, model: rtk}\n"
                         "  nav: {type: ins, mount: {x: 1 m, z: 1 m}, model: rt3003, gnss: rof}\n";
  const auto rig = pipeline::load_rig(path, roots());
  ASSERT_FALSE(rig.has_value());
  EXPECT_NE(core::to_string(rig.error()).find("did you mean 'roof'"), std::string::npos)
      << core::to_string(rig.error());
}

TEST(Schedule, StartIsRespected) {
  const auto ticks = pipeline::plan_ticks(kitti(), 5, 310'000'000, 1'000'000'000, true, false);
  ASSERT_EQ(ticks.size(), 4u);  // 0.4, 0.6, 0.8, 1.0 s
  EXPECT_EQ(ticks.front().stamp_ns, 400'000'000);
}

}  // namespace
}  // namespace oddroad
