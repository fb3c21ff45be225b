// What is written down of a run.
#include "engine/sim/facts.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;

Body box(const math::Vec2d& at, const math::Vec2d& velocity, double yaw = 0) {
  Body out;
  out.footprint = {2, 2, 1, 1};
  out.height_m = 1.5;
  out.position = math::Vec3d(at, 0);
  out.velocity_mps = math::Vec3d(velocity, 0);
  out.speed_mps = glm::length(velocity);
  out.yaw_rad = yaw;
  return out;
}

TEST(Facts, CollisionTimeIsTheClosedForm) {
  // Head-on: 20 m between the faces, closing at 10 m/s.
  EXPECT_NEAR(collision_time_s(box({0, 0}, {6, 0}), box({24, 0}, {-4, 0})), 2, 1e-12);
  // Crossing: both reach the corner of the other.
  EXPECT_NEAR(collision_time_s(box({0, 0}, {10, 0}), box({20, -10}, {0, 5}, glm::pi<double>() / 2)),
              1.7, 1e-9);
  // They would miss each other.
  EXPECT_TRUE(std::isinf(collision_time_s(box({0, 0}, {10, 0}), box({20, 3}, {0, 0}))));
  EXPECT_TRUE(std::isinf(collision_time_s(box({0, 0}, {-1, 0}), box({20, 0}, {0, 0}))));
  EXPECT_EQ(collision_time_s(box({0, 0}, {0, 0}), box({3, 0}, {0, 0})), 0);
}

TEST(Facts, ACollisionHasItsTimeAndSpeed) {
  scenario::Variant v = ego_only(13);
  v.actors.push_back(actor("lead", "car.sedan", ahead_of("ego", 40, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 5, false};
  v.max_duration_s = 8;
  const world::Timeline t = run(v);
  ASSERT_EQ(t.facts.collisions.size(), 1u);
  EXPECT_NEAR(static_cast<double>(t.facts.collisions[0].stamp_ns) * 1e-9, 40 / 8.0, 0.011);
  EXPECT_NEAR(t.facts.collisions[0].relative_speed_mps, 8, 1e-6);
  EXPECT_EQ(t.facts.collisions[0].a.value, 1);
  EXPECT_EQ(t.facts.collisions[0].b.value, 2);
  ASSERT_EQ(t.facts.encounters.size(), 1u);
  EXPECT_EQ(t.facts.encounters[0].min_gap_m, 0);
  EXPECT_EQ(t.facts.encounters[0].min_ttc_s, 0);
  EXPECT_EQ(t.facts.encounters[0].post_encroachment_s, 0);
}

TEST(Facts, PassingAParkedCarIsANearMissWithoutTtc) {
  scenario::Variant v = ego_only(10);
  v.actors.push_back(actor("parked", "car.sedan", ahead_of("ego", 30, "parking")));
  v.actors.back().at.side_gap_m = 0.7;
  const world::Timeline t = run(v);
  EXPECT_TRUE(t.facts.collisions.empty());
  EXPECT_NEAR(t.facts.encounters[0].min_gap_m, 0.7, 0.01);
  EXPECT_TRUE(std::isinf(t.facts.encounters[0].min_ttc_s));
  EXPECT_TRUE(std::isinf(t.facts.encounters[0].post_encroachment_s));
}

TEST(Facts, PostEncroachmentIsTheTimeBetween) {
  // The lead drives 30 m ahead at the ego's speed: the ego is where it was, (30 m) / v later.
  scenario::Variant v = ego_only(12);
  v.actors.push_back(actor("lead", "car.sedan", ahead_of("ego", 30, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 12, false};
  const world::Timeline t = run(v);
  EXPECT_NEAR(t.facts.encounters[0].post_encroachment_s, 30 / 12.0, 0.051);
  EXPECT_NEAR(t.facts.encounters[0].min_gap_m, 30, 0.01);
}

TEST(Facts, TwoOthersCollideToo) {
  scenario::Variant v = ego_only(0.01);
  v.actors.push_back(actor("a", "car.sedan", ahead_of("ego", 20, "same")));
  v.actors.back().drive = scenario::Drive{"constant", 10, false};
  v.actors.push_back(actor("b", "car.sedan", ahead_of("a", 20, "same")));
  const world::Timeline t = run(v);
  ASSERT_EQ(t.facts.collisions.size(), 1u);
  EXPECT_NEAR(t.facts.collisions[0].relative_speed_mps, 10, 1e-6);
  bool told = false;
  for (const auto& e : t.events) told = told || e.what == "a hit b";
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace oddroad::sim
