#include "engine/world/timeline.h"

#include <gtest/gtest.h>

#include "tests/unit/world/fixtures.h"

namespace oddroad::world {
namespace {

using testing::car_model;
using testing::make_actor;

TEST(Timeline, ConstantSpeedIsExactAtAnyNanosecond) {
  const Actor a = make_actor(1, car_model(), 100, [](double t, ActorState& s) {
    s.T_world_actor = math::pose_xyz_yaw(20 * t, 0, 0, 0.3);
  });
  for (const std::int64_t t : {0L, 1L, 499'999L, 1'000'000L, 123'456'789L, 1'000'000'000L}) {
    EXPECT_NEAR(pose_at(a, t).translation.x, 20e-9 * static_cast<double>(t), 1e-12);
  }
}

TEST(Timeline, ConstantYawRateIsExactAtWholeMilliseconds) {
  const Actor a = make_actor(1, car_model(), 100, [](double t, ActorState& s) {
    s.T_world_actor = math::pose_xyz_yaw(0, 0, 0, 1.5 * t);
  });
  for (const std::int64_t ms : {0L, 3L, 17L, 999L, 1000L}) {
    const math::Affine3d T = pose_at_millisecond(a, ms);
    const double yaw = 1.5e-3 * static_cast<double>(ms);
    EXPECT_NEAR(T.linear[0].x, std::cos(yaw), 1e-12);
    EXPECT_NEAR(T.linear[0].y, std::sin(yaw), 1e-12);
  }
  // Between whole milliseconds the entries are linear: the chord, not the arc.
  const math::Affine3d half = pose_at(a, 2'500'000);
  EXPECT_NEAR(half.linear[0].x, 0.5 * (std::cos(3e-3) + std::cos(4.5e-3)), 1e-15);
}

TEST(Timeline, TimeOutsideIsHeldAtTheEnds) {
  const Actor a = make_actor(1, car_model(), 10, [](double t, ActorState& s) {
    s.T_world_actor = math::pose_xyz_yaw(t, 0, 0, 0);
  });
  EXPECT_EQ(pose_at(a, -5).translation.x, 0);
  EXPECT_NEAR(pose_at(a, 100'000'000).translation.x, 0.1, 1e-15);
  EXPECT_NEAR(pose_at(a, 900'000'000).translation.x, 0.1, 1e-15);
  EXPECT_NEAR(state_at(a, 900'000'000).T_world_actor.translation.x, 0.1, 1e-15);
}

TEST(Timeline, ScalarsOfAStateAreLinear) {
  const Actor a = make_actor(1, car_model(), 10, [](double t, ActorState& s) {
    s.velocity_mps = {10 * t, 0, 0};
    s.yaw_rate_rps = 3 * t;
    s.rolled_m = 7 * t;
  });
  const ActorState s = state_at(a, 33'333'333);
  EXPECT_NEAR(s.velocity_mps.x, 0.33333333, 1e-9);
  EXPECT_NEAR(s.yaw_rate_rps, 0.1, 1e-8);
  EXPECT_NEAR(s.rolled_m, 0.23333333, 1e-8);
}

}  // namespace
}  // namespace oddroad::world
