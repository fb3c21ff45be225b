#include "sensors/ins/gnss.h"

#include <bit>
#include <cmath>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "sensors/ins/navigation.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using capture::FixQuality;
using math::Vec3d;
using tests::TestWorld;

core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}
ins::GnssSettings settings(const std::string& model) {
  auto s = ins::parse_gnss_settings(*core::parse_yaml("model: " + model, "rig.yaml"), roots());
  EXPECT_TRUE(s) << core::to_string(s.error());
  return *s;
}

constexpr core::ClassId kLeaves{21};

// `stops`: another receiver takes over at every epoch.
std::vector<capture::GnssFix> fixes(TestWorld& world, const ins::GnssSettings& s, int count,
                                    std::uint64_t key = 3, bool stops = false) {
  const ins::SmoothPath path(world.timeline().actors[0]);
  const auto satellites = ins::satellites_of(s.model.satellites, s.model.mask_rad, 11);
  std::optional<ins::GnssReceiver> receiver;
  const auto start = [&] {
    receiver.emplace(s, path, math::Pose{{1, 0, 0, 0}, {0, 0, 1.6}}, satellites,
                     ins::LocalEarth(0.87, 0.17), kLeaves, key);
  };
  start();
  auto factory = cast::make_embree_factory();
  std::vector<capture::GnssFix> out;
  for (int k = 0; k < count; ++k) {
    const std::int64_t stamp = std::int64_t{10'000'000} * k;
    const auto window = world.window(stamp, stamp);
    const auto caster = (*factory)->create_at(window, stamp);
    out.push_back(receiver->fix(window, *caster, stamp));
    if (!stops) continue;
    const std::string bytes = core::to_bytes(*receiver);
    start();
    EXPECT_TRUE(core::from_bytes(bytes, *receiver));
  }
  return out;
}

TEST(Satellites, FillTheSkyAboveTheMask) {
  const auto s = ins::satellites_of(40, 0.2, 9);
  Vec3d mean(0);
  for (const auto& one : s) {
    EXPECT_NEAR(glm::length(one.direction), 1, 1e-12);
    EXPECT_GE(one.direction.z, std::sin(0.2));
    mean += one.direction / 40.0;
  }
  EXPECT_LT(std::hypot(mean.x, mean.y), 0.2);
}

TEST(Solve, KnownGeometryHasItsDilution) {
  // One overhead, three on the horizon 120 degrees apart: Q_ee = Q_nn = 2 / 3.
  std::vector<ins::Used> used = {{{0, 0, 1}}};
  for (int k = 0; k < 3; ++k) {
    used.push_back({{std::cos(2 * M_PI * k / 3), std::sin(2 * M_PI * k / 3), 0}});
  }
  const auto s = ins::solve(used);
  ASSERT_TRUE(s);
  EXPECT_NEAR(s->hdop, std::sqrt(4.0 / 3), 1e-12);
  EXPECT_NEAR(s->vdop, std::sqrt(4.0 / 3), 1e-12);
  EXPECT_NEAR(glm::length(s->error_m), 0, 1e-12);
  // A common excess is the clock's.
  for (auto& u : used) u.excess_m = 30;
  EXPECT_NEAR(glm::length(ins::solve(used)->error_m), 0, 1e-10);
  used.pop_back();
  EXPECT_FALSE(ins::solve(used));
}

TEST(Gnss, OpenSkyGivesTheBestQuality) {
  TestWorld world;
  const auto rtk = fixes(world, settings("rtk"), 5);
  EXPECT_EQ(rtk[4].quality, static_cast<std::int64_t>(FixQuality::kRtkFixed));
  EXPECT_EQ(rtk[4].satellites, 20);
  EXPECT_LT(glm::length(rtk[4].position_m - rtk[4].true_position_m), 0.2);
  EXPECT_NEAR(rtk[4].true_position_m.z, 1.6, 1e-9);
  EXPECT_EQ(rtk[4].arrival_ns - rtk[4].stamp_ns, 60'000'000);
  EXPECT_EQ(fixes(world, settings("dgnss"), 1)[0].quality,
            static_cast<std::int64_t>(FixQuality::kDifferential));
  EXPECT_EQ(fixes(world, settings("standard"), 1)[0].quality,
            static_cast<std::int64_t>(FixQuality::kStandard));
}

TEST(Gnss, WithoutNoiseIsExactAndHasItsPlaceOnEarth) {
  TestWorld world;
  auto s = settings("standard");
  s.noise = false;
  const auto fix = fixes(world, s, 1)[0];
  EXPECT_EQ(fix.position_m, fix.true_position_m);
  EXPECT_NEAR(fix.latitude_rad, 0.87, 1e-12);
  EXPECT_NEAR(fix.longitude_rad, 0.17, 1e-12);
  EXPECT_NEAR(fix.height_m, 1.6, 1e-6);
}

TEST(Gnss, NothingInATunnel) {
  TestWorld world;
  world.add_static("tube", tests::model_of(tests::box_mesh({-400, -5, -1}, {400, 5, 6})));
  const auto fix = fixes(world, settings("rtk"), 1)[0];
  EXPECT_EQ(fix.quality, 0);
  EXPECT_EQ(fix.satellites, 0);
  EXPECT_EQ(fix.in_sight, 0);
  EXPECT_TRUE(std::isnan(fix.position_m.x));
  EXPECT_TRUE(std::isnan(fix.latitude_rad));
}

TEST(Gnss, AStreetBetweenHousesLosesAndReflects) {
  // Walls 40 m high, 8 m to both sides: what is below 78 degrees across the street is hidden.
  TestWorld world;
  world.add_static("left", tests::model_of(tests::box_mesh({-300, 8, 0}, {300, 9, 40})));
  world.add_static("right", tests::model_of(tests::box_mesh({-300, -9, 0}, {300, -8, 20})));
  auto s = settings("standard");
  s.noise = false;
  s.model.satellites = 40;
  const auto satellites = ins::satellites_of(40, s.model.mask_rad, 11);
  const auto fix = fixes(world, s, 1)[0];
  int reflected = 0;
  for (int k = 0; k < 40; ++k) {
    const Vec3d d = satellites[k].direction;
    const double wall = d.y > 0 ? 40 - 1.6 : 20 - 1.6;
    const double across = std::abs(d.y) / d.z * wall;  // how far off when it passes the top
    if (std::abs(across - 8) < 1.2) continue;          // the wall's thickness
    EXPECT_EQ(fix.in_sight >> k & 1, across < 8 ? 1 : 0) << k;
    reflected += fix.reflected >> k & 1;
    if (across < 8) continue;
    // The other wall shows it where it is high enough, if from there the wall in the way is passed.
    const double struck = 1.6 + 8 * d.z / std::abs(d.y);
    const double opposite = d.y > 0 ? 20 : 40, hiding = d.y > 0 ? 40 : 20;
    const double passes = struck + 16 * d.z / std::abs(d.y);
    if (std::abs(struck - opposite) < 0.5 || std::abs(passes - hiding) < 5) continue;
    EXPECT_EQ(fix.reflected >> k & 1, struck < opposite && passes > hiding ? 1 : 0) << k;
  }
  EXPECT_GT(reflected, 0);
  EXPECT_EQ(fix.in_sight & fix.reflected, 0);
  // Reflected ranges are too long: the position is off across the street.
  EXPECT_GT(std::abs(fix.position_m.y - fix.true_position_m.y), 0.05);
}

TEST(Gnss, LeavesLetSignalsThrough) {
  TestWorld world;
  const auto id =
      world.add_static("crown", tests::model_of(tests::box_mesh({-9, -9, 4}, {9, 9, 8})));
  (void)id;
  auto s = settings("standard");
  const ins::SmoothPath path(world.timeline().actors[0]);
  const auto satellites = ins::satellites_of(12, s.model.mask_rad, 11);
  auto factory = cast::make_embree_factory();
  auto window = world.window(0, 0);
  const auto caster = (*factory)->create_at(window, 0);
  const auto blocked = ins::sky_view(satellites, window, *caster, {0, 0, 1.6}, 0, kLeaves);
  for (auto& d : window.drawables) {
    if (d.instance == id) d.class_id = kLeaves;
  }
  const auto clear = ins::sky_view(satellites, window, *caster, {0, 0, 1.6}, 0, kLeaves);
  EXPECT_LT(std::popcount(static_cast<std::uint64_t>(blocked.in_sight)), 12);
  EXPECT_EQ(clear.in_sight, (1 << 12) - 1);
}

// Out of a tunnel: what was interrupted stays so for a while.
TEST(Gnss, AnotherReceiverGoesOnWhereThisOneStopped) {
  TestWorld world;
  world.add_static("tube", tests::model_of(tests::box_mesh({-400, -5, -1}, {0.35f, 5, 6})));
  for (int k = 0; k <= 100; ++k) {
    auto& state = world.timeline().actors[0].states[static_cast<std::size_t>(k)];
    state.T_world_actor.translation = {0.1 * k, 0, 0};
    state.velocity_mps = {10, 0, 0};
  }
  for (const char* model : {"rtk", "standard"}) {
    auto whole = fixes(world, settings(model), 12);
    auto parts = fixes(world, settings(model), 12, 3, true);
    EXPECT_EQ(whole.front().quality, 0) << model;
    EXPECT_NE(whole.back().quality, 0) << model;
    EXPECT_NE(whole.back().quality, static_cast<std::int64_t>(FixQuality::kRtkFixed)) << model;
    EXPECT_EQ(core::to_bytes(parts), core::to_bytes(whole)) << model;  // NaNs, too
  }
}

TEST(Gnss, SlowErrorHasItsDeviation) {
  TestWorld world;
  auto s = settings("standard");
  s.sky = false;
  double sum = 0;
  double expected = 0;
  constexpr int kClips = 500;
  for (int clip = 0; clip < kClips; ++clip) {
    const auto fix = fixes(world, s, 1, 1000 + clip)[0];
    sum += std::pow(fix.position_m.x - fix.true_position_m.x, 2) +
           std::pow(fix.position_m.y - fix.true_position_m.y, 2);
    expected = fix.sigma_h_m;
  }
  EXPECT_NEAR(std::sqrt(sum / kClips) / expected, 1, 0.1);
}

TEST(Navigation, DriftsWithoutFixesAndHoldsWithThem) {
  TestWorld world;
  auto s = ins::parse_navigation_settings(
      *core::parse_yaml("model: rt3003\ngnss: roof", "rig.yaml"), roots());
  ASSERT_TRUE(s) << core::to_string(s.error());
  EXPECT_EQ(s->gnss, "roof");
  world::Actor ego = world.timeline().actors[0];
  ego.states.assign(6001, ego.states.front());
  const ins::SmoothPath path(ego);
  const ins::LocalEarth earth(0.87, 0.17);
  capture::GnssSeries good, lost;
  for (int k = 0; k <= 60; ++k) {
    capture::GnssFix fix;
    fix.stamp_ns = fix.arrival_ns = k * std::int64_t{1'000'000'000};
    fix.quality = 4;
    good.samples.push_back(fix);
    if (k > 10) fix.quality = 0;
    lost.samples.push_back(fix);
  }
  double held = 0, drifted = 0, believed = 0;
  for (std::uint64_t key = 0; key < 60; ++key) {
    const auto a = ins::simulate_navigation(*s, path, {}, earth, &good, 0, 60'000'000'000, key);
    const auto b = ins::simulate_navigation(*s, path, {}, earth, &lost, 0, 60'000'000'000, key);
    held += std::pow(glm::length(a.samples.back().position_m), 2) / 3 / 60;
    drifted += std::pow(glm::length(b.samples.back().position_m), 2) / 3 / 60;
    believed = b.samples.back().sigma_position_m;
  }
  EXPECT_NEAR(std::sqrt(held) / 0.02, 1, 0.3);
  EXPECT_NEAR(std::sqrt(drifted) / believed, 1, 0.3);  // 0.005 * 49^1.5 / sqrt(3) = 1 m
}

}  // namespace
}  // namespace oddroad
