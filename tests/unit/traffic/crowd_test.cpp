// Many vehicles: appearing and vanishing, lane changes, kinematics, the same again.
#include <cstring>

#include "engine/core/random.h"
#include "tests/common/traffic_watch.h"
#include "tests/unit/traffic/small_maps.h"

namespace oddroad::traffic {
namespace {

using testing::Crossing;
using testing::World;

constexpr double kStep_s = 0.01;

std::uint64_t hash_of(const Traffic& traffic) {
  std::string bytes;
  for (const VehicleView& v : traffic.vehicles()) {
    const double values[] = {
        static_cast<double>(v.id), v.position.x, v.position.y, v.position.z, v.yaw_rad, v.speed_mps,
        v.acceleration_mps2,       v.steer_rad};
    bytes.append(reinterpret_cast<const char*>(values), sizeof values);
  }
  return core::hash64(bytes);
}

TEST(TrafficCrowd, TheSameKeyGivesTheSameBits) {
  const World world(Crossing{}.text());
  std::uint64_t hashes[3];
  const std::uint64_t keys[3] = {7, 7, 8};
  for (int k = 0; k < 3; ++k) {
    Traffic traffic(*world.network, {}, keys[k]);
    for (int i = 0; i < 3000; ++i) traffic.step(kStep_s);
    hashes[k] = hash_of(traffic);
  }
  EXPECT_EQ(hashes[0], hashes[1]);
  EXPECT_NE(hashes[0], hashes[2]);
}

TEST(TrafficCrowd, FillsToTheDensityAndNothingOverlaps) {
  const World world(testing::straight_road(2000, 2, 100));
  Settings settings;
  settings.density_per_km = 12;
  Traffic traffic(*world.network, settings, 3);
  EXPECT_NEAR(static_cast<double>(traffic.count()), 4 * 2 * 12, 2);
  tests::Watch watch{*world.network, traffic, settings.models};
  for (int i = 1; i <= 6000; ++i) {
    watch.step(kStep_s);
    if (i % 10 == 0) watch.look();
  }
  const tests::Watched seen = watch.finish();
  EXPECT_EQ(seen.overlaps, 0) << to_string(seen);
  EXPECT_EQ(seen.off_lane, 0) << to_string(seen);
  EXPECT_GT(seen.lane_changes, 10);
  EXPECT_LT(seen.most_jerk_mps3, 12.65);
  EXPECT_LT(seen.most_lateral_mps2, 0.3 * 0.85 * kGravity_mps2 + 0.5);
}

TEST(TrafficCrowd, NothingAppearsOrVanishesInSight) {
  const World world(testing::straight_road(900));
  Settings settings;
  settings.sight_m = 150;
  Traffic traffic(*world.network, settings, 5);
  const Viewer viewer{{450, 0, 0}};
  std::unordered_map<std::uint32_t, math::Vec3d> before;
  for (const auto& v : traffic.vehicles()) before[v.id] = v.position;
  int appeared = 0, vanished = 0;
  for (int i = 0; i < 12000; ++i) {
    traffic.step(kStep_s, {.viewers = {&viewer, 1}});
    std::unordered_map<std::uint32_t, math::Vec3d> now;
    for (const auto& v : traffic.vehicles()) {
      now[v.id] = v.position;
      if (before.contains(v.id)) continue;
      ++appeared;
      EXPECT_GT(glm::length(v.position - viewer.position), 145);
    }
    for (const auto& [id, place] : before) {
      if (now.contains(id)) continue;
      ++vanished;
      EXPECT_GT(glm::length(place - viewer.position), 145);
    }
    before = std::move(now);
  }
  EXPECT_GT(appeared, 5);
  EXPECT_GT(vanished, 5);
}

// At the end of the map in sight: one waits there, and goes when nobody looks or it is hidden.
TEST(TrafficCrowd, AtTheMapsEndInSightOneStops) {
  const World world(testing::straight_road(300));
  Traffic traffic(*world.network, testing::empty_settings(), 5);
  const Viewer viewer{{300, 5, 0}};
  const std::uint32_t id = traffic.add(0, {road::LaneId(world.lane("1", -1) + 1), 200}, 10);
  for (int i = 0; i < 3000; ++i) traffic.step(kStep_s, {.viewers = {&viewer, 1}});
  EXPECT_EQ(testing::view_of(traffic, id).speed_mps, 0);
  EXPECT_EQ(traffic.reason(id), "the map ends here, in sight");
  const Hidden hidden = [](const math::Vec3d&, double) {
    return true;
  };
  for (int i = 0; i < 1000; ++i) {
    traffic.step(kStep_s, {.viewers = {&viewer, 1}, .hidden = &hidden});
  }
  EXPECT_EQ(traffic.count(), 0u);
}

TEST(TrafficCrowd, AnAreaIsFilledAndLeftBehind) {
  const World world(testing::straight_road(4000));
  Settings settings;
  settings.area = Area{{1000, 0, 0}, 300};
  Traffic traffic(*world.network, settings, 5);
  for (const auto& v : traffic.vehicles()) EXPECT_LT(std::abs(v.position.x - 1000), 310);
  EXPECT_GT(traffic.count(), 10u);
  math::Vec3d centre{1000, 0, 0};
  for (int i = 0; i < 9000; ++i) {
    centre.x += 12 * kStep_s;
    const Viewer viewer{centre};
    traffic.step(kStep_s, {.viewers = {&viewer, 1}, .centre = centre});
  }
  for (const auto& v : traffic.vehicles()) EXPECT_LT(std::abs(v.position.x - centre.x), 380);
  EXPECT_GT(traffic.count(), 6u);
}

TEST(TrafficCrowd, NothingIsPutOnKeepClear) {
  const World world(testing::straight_road(500));
  Settings settings;
  settings.density_per_km = 60;
  settings.keep_clear = {{{100, -10, 0}, {300, -10, 0}, {300, 10, 0}, {100, 10, 0}}};
  Traffic traffic(*world.network, settings, 5);
  EXPECT_GT(traffic.count(), 5u);
  for (const auto& v : traffic.vehicles()) {
    const double front_axle =
        v.position.x + std::cos(v.yaw_rad) * settings.models[v.model].wheelbase_m;
    EXPECT_TRUE(front_axle < 100.1 || front_axle > 299.9);
  }
}

// Position, yaw, steering and yaw rate tell the same story (kinematic bicycle).
TEST(TrafficCrowd, KinematicsAreConsistent) {
  const World world(Crossing{}.text());
  Settings settings;
  settings.density_per_km = 20;
  Traffic traffic(*world.network, settings, 2);
  std::unordered_map<std::uint32_t, VehicleView> before;
  double worst_yaw = 0, worst_slip_m = 0, worst_speed = 0;
  for (int i = 0; i < 6000; ++i) {
    traffic.step(kStep_s);
    std::unordered_map<std::uint32_t, VehicleView> now;
    for (const VehicleView& v : traffic.vehicles()) {
      now[v.id] = v;
      const auto old = before.find(v.id);
      if (old == before.end() || v.speed_mps < 0.5) continue;
      const VehicleView& a = old->second;
      const math::Vec2d d(v.position - a.position);
      const double yaw = 0.5 * (v.yaw_rad + a.yaw_rad);
      worst_slip_m = std::max(worst_slip_m, std::abs(d.y * std::cos(yaw) - d.x * std::sin(yaw)));
      const double along = d.x * std::cos(yaw) + d.y * std::sin(yaw);
      worst_speed = std::max(worst_speed, std::abs(along / kStep_s - v.speed_mps));
      const double rate = math::wrap_angle(v.yaw_rad - a.yaw_rad) / kStep_s;
      worst_yaw = std::max(worst_yaw, std::abs(rate - 0.5 * (v.yaw_rate_rps + a.yaw_rate_rps)));
    }
    before = std::move(now);
  }
  EXPECT_LT(worst_slip_m, 0.004);
  EXPECT_LT(worst_speed, 0.4);
  EXPECT_LT(worst_yaw, 0.1);
}

TEST(TrafficCrowd, SlotsAreUsedAgainAndIdsAreNot) {
  const World world(testing::straight_road(400));
  Traffic traffic(*world.network, {}, 2);
  std::uint32_t last = 0;
  std::size_t most = 0;
  for (int i = 0; i < 30000; ++i) {
    traffic.step(kStep_s);
    most = std::max(most, traffic.count());
    for (const VehicleView& v : traffic.vehicles()) last = std::max(last, v.id);
  }
  EXPECT_LE(most, 13u);
  EXPECT_GT(last, 60u);
}

TEST(TrafficCrowd, ATrailerFollowsItsHitch) {
  const World world(testing::straight_road(2000, 2, 90));
  Settings settings = testing::empty_settings();
  Traffic traffic(*world.network, settings, 2);
  constexpr std::uint32_t kSemi = 3;
  const auto id = traffic.add(kSemi, {road::LaneId(world.lane("1", -1) + 1), 60}, 5);
  ASSERT_NE(id, 0u);
  for (int i = 0; i < 2000; ++i) {
    traffic.step(kStep_s);
    const VehicleView v = testing::view_of(traffic, id);
    ASSERT_TRUE(v.trailer.has_value());
    const TrailerModel& t = settings.models[kSemi].trailer;
    const math::Vec2d hitch =
        math::Vec2d(v.position) + t.hitch_m * math::Vec2d(std::cos(v.yaw_rad), std::sin(v.yaw_rad));
    const math::Vec2d from_axle = hitch - math::Vec2d(v.trailer->position);
    EXPECT_NEAR(glm::length(from_axle), t.wheelbase_m, 1e-9);
  }
}

}  // namespace
}  // namespace oddroad::traffic
