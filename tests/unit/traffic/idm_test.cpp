// Closed forms of following, changing and braking.
#include "engine/traffic/idm.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/traffic/tractrix.h"

namespace oddroad::traffic {
namespace {

TEST(TrafficIdm, StartsWithItsAccelerationAndKeepsItsSpeed) {
  const Idm idm;
  EXPECT_DOUBLE_EQ(idm_acceleration(idm, 0, 10, kNoLeader_m, 0), idm.acceleration_mps2);
  EXPECT_DOUBLE_EQ(idm_free(idm, 10, 10), 0);
  EXPECT_LT(idm_free(idm, 15, 10), 0);
  EXPECT_GT(idm_free(idm, 15, 10), -idm.braking_mps2);
}

TEST(TrafficIdm, RestsAtTheEquilibriumGap) {
  const Idm idm;
  for (const double v : {0.0, 3.0, 8.0, 12.0}) {
    const double gap = idm_equilibrium_gap(idm, v, 13.9);
    EXPECT_NEAR(gap,
                (idm.standstill_gap_m + v * idm.headway_s) / std::sqrt(1 - std::pow(v / 13.9, 4)),
                1e-12);
    EXPECT_NEAR(idm_acceleration(idm, v, 13.9, gap, v), 0, 1e-12);
    EXPECT_NEAR(calm_idm_acceleration(idm, v, idm_free(idm, v, 13.9), gap, v, 0), 0, 1e-12);
  }
}

TEST(TrafficIdm, CalmOnlyWhereNothingIsWrong) {
  const Idm idm;
  // A leader cuts in 8 m ahead, hardly slower: IDM alone would brake hard.
  const double plain = idm_acceleration(idm, 14, 14, 8, 13.5);
  const double calm = calm_idm_acceleration(idm, 14, 0, 8, 13.5, 0);
  EXPECT_LT(plain, -5);
  EXPECT_GT(calm, -2.2);
  // The same leader brakes at 6 m/s2: so must we.
  EXPECT_LT(calm_idm_acceleration(idm, 14, 0, 8, 13.5, -6), -6);
}

TEST(TrafficIdm, MobilCountsOthersByPoliteness) {
  MobilView view;
  view.own_now = -1;
  view.own_then = 0.5;
  view.new_follower_now = 0.2;
  view.new_follower_then = -0.8;
  view.old_follower_now = -0.5;
  view.old_follower_then = 0.1;
  EXPECT_DOUBLE_EQ(mobil_incentive(view, 0), 1.5);
  EXPECT_NEAR(mobil_incentive(view, 0.25), 1.5 + 0.25 * (-1.0 + 0.6), 1e-12);
}

TEST(TrafficIdm, BrakingDistances) {
  EXPECT_DOUBLE_EQ(braking_distance(20, 0.8), 400 / (2 * 0.8 * 9.81));
  EXPECT_DOUBLE_EQ(braking_needed(20, 0, 40), 5);
  EXPECT_DOUBLE_EQ(braking_needed(10, 12, 1), 0);
  EXPECT_TRUE(std::isinf(braking_needed(10, 0, 0)));
}

// In a long bend the rear axle settles on the circle of radius sqrt(R^2 - L^2) (Pythagoras): the
// angle between path and heading is asin(L / R).
TEST(TrafficTractrix, SettlesAtTheAckermannAngle) {
  const double radius = 12;
  const double wheelbase = 2.8;
  double path = 0;
  double heading = 0;
  const double step = 0.05;
  for (int i = 0; i < 4000; ++i) {
    path += 0.5 * step / radius;
    heading = follow(heading, path, step, wheelbase);
    path += 0.5 * step / radius;
  }
  EXPECT_NEAR(path - heading, std::asin(wheelbase / radius), 0.003);
}

}  // namespace
}  // namespace oddroad::traffic
