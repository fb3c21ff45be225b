// Whole cycles in small worlds.
#include "sensors/radar/radar.h"

#include <cmath>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "sensors/radar/multipath.h"
#include "sensors/radar/tracker.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using capture::RadarCause;
using capture::RadarDetection;
using math::Vec3d;
using tests::TestWorld;

constexpr std::uint8_t kActorClass = 7, kStaticClass = 9;  // as TestWorld gives them
constexpr std::int64_t kStamp = 500'000'000;

// Everything off but the device itself.
radar::RadarSettings exact(const std::string& model = "ars408_like") {
  const std::string text =
      "model: " + model + "\nnoise: false\nfluctuation: false\nclutter: false\nmultipath: false\n";
  return *radar::parse_radar_settings(*core::parse_yaml(text, "rig.yaml"), {{ODDROAD_SOURCE_DIR}});
}

// Actors are cars of 10 dBsm all round, static things rails.
std::vector<radar::Reflector> reflectors() {
  radar::Reflector car, rail;
  car.object = true;
  car.aspect = {{0, 10}};
  car.mirror_db = -5;
  rail.diffuse_db = -10, rail.specular_db = 5, rail.width_rad = 0.3;
  rail.mirror_db = -3;
  std::vector<radar::Reflector> out(256, rail);
  out[kActorClass] = car;
  return out;
}

const math::Pose kMount{{1, 0, 0, 0}, {3.5, 0, 0.5}};

std::vector<RadarDetection> cycle(const TestWorld& world, const radar::RadarSettings& settings,
                                  std::uint64_t key = 1) {
  const auto window =
      world.window(radar::begin_ns(settings.model, kStamp), radar::end_ns(settings.model, kStamp));
  auto factory = cast::make_embree_factory();
  return radar::measure(settings, reflectors(), window, *(*factory)->create(window), kMount, kStamp,
                        key);
}

TestWorld driving(double speed) {
  TestWorld world;
  for (int k = 0; k <= 100; ++k) {
    auto& state = world.timeline().actors[0].states[static_cast<std::size_t>(k)];
    state.T_world_actor.translation = {speed * 0.01 * k, 0, 0};
    state.velocity_mps = {speed, 0, 0};
  }
  return world;
}

auto car() {
  return tests::model_of(tests::box_mesh({0, -0.9f, 0.2f}, {4.4f, 0.9f, 1.5f}));
}

TEST(Radar, RadialVelocityIsThatOfBothCars) {
  TestWorld world = driving(20);
  const auto id = world.add_actor("ahead", car(), math::pose_xyz_yaw(60, 0, 0, 0), {12, 0, 0});
  const auto found = cycle(world, exact());
  ASSERT_GE(found.size(), 2u);  // far and near scan
  for (const RadarDetection& d : found) {
    EXPECT_EQ(d.instance, id.value);
    EXPECT_EQ(d.cause, static_cast<int>(RadarCause::kTarget));
    const double t = 1e-9 * double(kStamp + d.time_offset_ns);
    EXPECT_NEAR(d.x_m, 60 + 12 * t - (20 * t + 3.5), 0.02);
    EXPECT_NEAR(d.velocity_mps, -8 * std::cos(d.azimuth_rad), 0.02);
    EXPECT_NEAR(d.velocity_compensated_mps, 12 * std::cos(d.azimuth_rad), 0.02);
    EXPECT_EQ(d.range_m, d.true_range_m);
    EXPECT_EQ(d.velocity_mps, d.true_velocity_mps);
  }
  double far_rcs = 0;
  for (const auto& d : found) far_rcs += d.scan == 0 ? std::pow(10, d.true_rcs_dbsm / 10) : 0;
  EXPECT_NEAR(10 * std::log10(far_rcs), 10, 1.5);  // seen from behind: all of its outline
}

TEST(Radar, WhatIsHalfHiddenReflectsHalf) {
  TestWorld world;
  world.add_actor("car", car(), math::pose_xyz_yaw(40, 0, 0, 0));
  const auto rcs = [&] {
    double sum = 0;
    for (const auto& d : cycle(world, exact())) {
      if (d.scan == 1 && d.class_id == kActorClass) sum += std::pow(10, d.true_rcs_dbsm / 10);
    }
    return sum;
  };
  const double all = rcs();
  world.add_static("plank", tests::model_of(tests::box_mesh({20, 0, 0}, {20.1f, 3, 2})));
  EXPECT_NEAR(rcs() / all, 0.5, 0.2);
}

TEST(Radar, RollingWheelSpreadsByTwiceItsSpeed) {
  // A drum of 0.35 m that rolls along at 10 m/s: its lowest points stand, its highest do 20.
  auto model = std::make_shared<asset::Model>();
  model->materials.resize(1);
  math::TriangleMesh drum;
  for (int k = 0; k < 24; ++k) {
    const double a = 2 * M_PI * k / 24, b = 2 * M_PI * (k + 1) / 24;
    const auto rim = [](double angle, float y) {
      return math::Vec3f(0.35f * std::cos(angle), y, 0.35f * std::sin(angle));
    };
    drum.add_quad(rim(a, 1), rim(b, 1), rim(b, -1), rim(a, -1), 0);
  }
  model->parts.push_back({"wheel",
                          asset::PartRole::kWheel,
                          std::make_shared<const math::TriangleMesh>(drum),
                          {glm::dmat3(1.0), {0, 0, 0.35}},
                          0.35,
                          false});
  model->box = {{-0.35, -1, 0}, {0.35, 1, 0.7}};
  TestWorld world;
  world.add_actor("wheel", model, math::pose_xyz_yaw(15, 0, 0, 0), {10, 0, 0});
  for (auto& state : world.timeline().actors[1].states) {
    state.rolled_m = state.T_world_actor.translation.x - 15;
  }
  auto settings = exact("imaging_4d");
  settings.model.scans[0].ray_azimuth_rad *= 0.3;
  settings.model.scans[0].ray_elevation_rad *= 0.3;
  double slowest = 1e9, fastest = -1e9;
  for (const auto& d : cycle(world, settings)) {
    slowest = std::min<double>(slowest, d.velocity_mps);
    fastest = std::max<double>(fastest, d.velocity_mps);
    // Along the level axis a point at height z moves at 10 z / r; those ahead of the hub are
    // hidden.
    const double z = 0.5 + d.true_range_m * std::sin(d.true_elevation_rad);
    EXPECT_NEAR(d.velocity_mps, 10 * z / 0.35, 1.2) << z;
  }
  EXPECT_LT(slowest, 3);
  EXPECT_GT(fastest, 17);
}

TEST(Radar, RangeOfACarFallsWithItsSignal) {
  // The far scan reports 10 dBsm ahead down to threshold: 13 dB at 200 m.
  for (const auto& [distance, seen] : {std::pair(180.0, true), std::pair(235.0, false)}) {
    TestWorld world;
    world.add_actor("car", car(), math::pose_xyz_yaw(distance, 0, 0, 0));
    EXPECT_EQ(!cycle(world, exact()).empty(), seen) << distance;
  }
}

TEST(Radar, GhostStandsBehindTheMirror) {
  // A wall along the road at y = 6, a car ahead: its image is as far behind the wall.
  TestWorld world = driving(10);
  const auto wall =
      world.add_static("wall", tests::model_of(tests::box_mesh({-50, 6, -1}, {150, 6.5f, 3})));
  const auto id = world.add_actor("car", car(), math::pose_xyz_yaw(30, 0, 0, 0), {15, 0, 0});
  auto settings = exact();
  settings.multipath = true;
  int ghosts = 0;
  for (const auto& d : cycle(world, settings)) {
    if (d.cause != static_cast<int>(RadarCause::kGhost)) continue;
    ++ghosts;
    EXPECT_EQ(d.instance, id.value);
    EXPECT_EQ(d.via, wall.value);
    const double t = 1e-9 * double(kStamp + d.time_offset_ns);
    const double r = d.true_range_m * std::cos(d.true_elevation_rad);
    const double x = 10 * t + 3.5 + r * std::cos(d.true_azimuth_rad);
    const double y = r * std::sin(d.true_azimuth_rad);
    EXPECT_GT(x, 30 + 15 * t - 0.1);
    EXPECT_LT(x, 34.5 + 15 * t);
    EXPECT_GT(y, 12 - 0.95);  // the image's body
    EXPECT_LT(y, 12 + 0.95);
    EXPECT_NEAR(d.velocity_mps, 5 * std::cos(d.true_azimuth_rad) * std::cos(d.true_elevation_rad),
                0.05);
  }
  EXPECT_GT(ghosts, 0);
}

TEST(Radar, SeesTheCarAheadOfTheCarAhead) {
  TestWorld world;
  const auto front = world.add_actor("hidden", car(), math::pose_xyz_yaw(30, 0, 0, 0), {9, 0, 0});
  const auto hider = world.add_actor("near", car(), math::pose_xyz_yaw(14, 0, 0, 0), {4, 0, 0});
  auto settings = exact();
  settings.fluctuation = false;
  EXPECT_TRUE([&] {
    for (const auto& d : cycle(world, settings)) {
      if (d.instance == front.value) return false;
    }
    return true;
  }());
  // Bodies end 0.2 m above the ground; the low ray passes at 0.15 and meets nothing of the far body
  // but what hangs lower.
  world.timeline().actors[1].model =
      tests::model_of(tests::box_mesh({0, -0.9f, 0.05f}, {4.4f, 0.9f, 1.5f}));
  settings.multipath = true;
  int under = 0;
  for (const auto& d : cycle(world, settings)) {
    if (d.cause != static_cast<int>(RadarCause::kUnderVehicle)) continue;
    ++under;
    EXPECT_EQ(d.instance, front.value);
    EXPECT_EQ(d.via, hider.value);
    EXPECT_NEAR(d.velocity_mps, 9 * std::cos(d.azimuth_rad), 0.05);
  }
  EXPECT_GT(under, 0);
}

TEST(Radar, KeysDrawAndOtherThingsDoNot) {
  auto settings = exact();
  settings.noise = settings.fluctuation = true;
  TestWorld world;
  const auto id = world.add_actor("car", car(), math::pose_xyz_yaw(40, 0, 0, 0));
  const auto alone = cycle(world, settings, 5);
  EXPECT_EQ(cycle(world, settings, 5), alone);
  EXPECT_NE(cycle(world, settings, 6), alone);
  world.add_actor("other", car(), math::pose_xyz_yaw(60, 8, 0, 0));
  std::vector<RadarDetection> of_first;
  for (const auto& d : cycle(world, settings, 5)) {
    if (d.instance == id.value) of_first.push_back(d);
  }
  EXPECT_EQ(of_first, alone);
}

TEST(Radar, TellsTheStrongestOnly) {
  TestWorld world;
  world.add_static("rail", tests::model_of(tests::box_mesh({5, 6, 0}, {120, 6.2f, 1})));
  auto settings = exact();
  const auto all = cycle(world, settings);
  ASSERT_GT(all.size(), 20u);
  settings.model.detections = 10;
  const auto few = cycle(world, settings);
  ASSERT_EQ(few.size(), 10u);
  float weakest = 1e9;
  for (const auto& d : few) weakest = std::min(weakest, d.snr_db);
  int stronger = 0;
  for (const auto& d : all) stronger += d.snr_db > weakest ? 1 : 0;
  EXPECT_LE(stronger, 10);
  EXPECT_TRUE(std::is_sorted(few.begin(), few.end(), [](const auto& a, const auto& b) {
    return a.range_m < b.range_m;
  }));
}

TEST(Tracker, FollowsACarThroughMissedCycles) {
  radar::Tracker tracker;
  radar::Tracker other;  // another one at every cycle, which goes on where the last one stopped
  std::vector<capture::RadarTrack> told;
  for (int k = 0; k < 30; ++k) {
    const double t = 0.07 * k;
    std::vector<RadarDetection> found;
    if (k % 7 != 5) {
      RadarDetection d;
      const Vec3d p(20 + 8 * t - 10 * t, 3, 0);  // seen from a car that does 10 m/s
      d.x_m = float(p.x - 3.5), d.y_m = float(p.y);
      d.range_m = float(std::hypot(p.x - 3.5, p.y));
      d.velocity_compensated_mps = float(8 * d.x_m / d.range_m);
      d.snr_db = 20, d.rcs_dbsm = 10, d.instance = 4;
      found = {d};
    }
    const math::Affine3d ego{glm::dmat3(1.0), {10 * t, 0, 0}};
    told = tracker.step(found, ego, kMount, std::int64_t(70'000'000) * k);
    EXPECT_TRUE(k >= 2 || told.empty());
    EXPECT_EQ(other.step(found, ego, kMount, std::int64_t(70'000'000) * k), told) << k;
    const std::string bytes = core::to_bytes(other);
    other = radar::Tracker();
    ASSERT_TRUE(core::from_bytes(bytes, other)) << k;
    EXPECT_EQ(core::to_bytes(other), bytes) << k;
  }
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].id, 1);
  EXPECT_EQ(told[0].instance, 4);
  EXPECT_NEAR(told[0].position_ego_m.x, 20 - 2 * 0.07 * 29, 0.3);
  EXPECT_NEAR(told[0].position_ego_m.y, 3, 0.3);
  EXPECT_NEAR(told[0].velocity_ego_mps.x, 8, 0.3);
  EXPECT_NEAR(told[0].velocity_ego_mps.y, 0, 1);
  // Nothing for half a second: gone.
  for (int k = 30; k < 37; ++k) {
    told = tracker.step({}, {}, kMount, std::int64_t(70'000'000) * k);
  }
  EXPECT_TRUE(told.empty());
}

}  // namespace
}  // namespace oddroad
