// Closed forms of the building blocks.
#include <cmath>

#include <gtest/gtest.h>

#include "engine/sim/friction.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/outline.h"
#include "engine/sim/steering.h"
#include "engine/sim/track.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

TEST(Outline, FreeGapsOfRectangles) {
  const Footprint car{3, 1, 0.9, 0.9};
  const Outline a = outline_at(car, {0, 0}, 0);
  EXPECT_NEAR(free_gap(a, outline_at(car, {9, 0}, 0)).distance_m, 5, 1e-12);
  EXPECT_NEAR(free_gap(a, outline_at(car, {0, 3}, 0)).distance_m, 1.2, 1e-12);
  EXPECT_NEAR(free_gap(a, outline_at(car, {7, 4.8}, 0)).distance_m, std::hypot(3, 3), 1e-12);
  // Facing back: its rear looks at us from the other side.
  EXPECT_NEAR(free_gap(a, outline_at(car, {9, 0}, glm::pi<double>())).distance_m, 3, 1e-12);
  // A corner against a side.
  const Outline diamond =
      outline_at({1, 1, 1, 1}, {3 + std::sqrt(2.0) + 0.5, 0}, glm::pi<double>() / 4);
  EXPECT_NEAR(free_gap(a, diamond).distance_m, 0.5, 1e-12);
  EXPECT_NEAR(free_gap(diamond, a).direction.x, -1, 1e-12);
  EXPECT_EQ(free_gap(a, outline_at(car, {3.9, 1.7}, 0)).distance_m, 0);
}

TEST(Outline, CrossedRectanglesWithoutCornersInsideOverlap) {
  const Outline a = outline_at({5, 5, 0.5, 0.5}, {0, 0}, 0);
  const Outline b = outline_at({5, 5, 0.5, 0.5}, {0, 0}, glm::pi<double>() / 2);
  EXPECT_EQ(free_gap(a, b).distance_m, 0);
}

TEST(Longitudinal, BrakingDistanceIsVSquaredOverTwoA) {
  double v = 17.3;
  double d = 0;
  int steps = 0;
  while (v > 0) {
    const SpeedStep s = advance(v, -4.2, 0.01);
    v = s.speed_mps;
    d += s.distance_m;
    ASSERT_LT(++steps, 1000);
  }
  EXPECT_NEAR(d, 17.3 * 17.3 / (2 * 4.2), 1e-9);
  EXPECT_EQ(steps, static_cast<int>(std::ceil(17.3 / 4.2 * 100)));
}

TEST(Longitudinal, AccelerationStopsAtTheLimitExactly) {
  double v = 0;
  double d = 0;
  for (int k = 0; k < 200; ++k) {
    const SpeedStep s = advance(v, 3, 0.01, 2.9);
    v = s.speed_mps;
    d += s.distance_m;
  }
  EXPECT_EQ(v, 2.9);
  EXPECT_NEAR(d, distance_from_rest(3, 2.9, 2.0), 1e-9);
}

TEST(Longitudinal, AccelerationToCoverIsTheInverseOfDistance) {
  for (const double distance : {0.5, 1.0, 2.0, 3.0, 3.5}) {
    const double a = acceleration_to_cover(distance, 1.6, 2.9, 3.0);
    if (a < 0) {
      EXPECT_GT(distance, distance_from_rest(3.0, 2.9, 1.6));
    } else {
      EXPECT_NEAR(distance_from_rest(a, 2.9, 1.6), distance, 1e-12);
    }
  }
}

TEST(Longitudinal, IdmRestsAtItsEquilibriumGap) {
  const IdmParameters idm;
  const double gap = idm_equilibrium_gap(idm, 12, 15);
  EXPECT_NEAR(idm_acceleration(idm, 12, 15, {gap, 12}), 0, 1e-12);
  EXPECT_LT(idm_acceleration(idm, 12, 15, {gap - 1, 12}), 0);
  EXPECT_GT(idm_acceleration(idm, 12, 15, {gap + 1, 12}), 0);
  EXPECT_NEAR(idm_acceleration(idm, 15, 15, {}), 0, 1e-12);
}

TEST(Longitudinal, IdmFollowerConvergesToTheEquilibriumGap) {
  const IdmParameters idm;
  double v = 15;
  double gap = 60;
  for (int k = 0; k < 20000; ++k) {
    const SpeedStep s = advance(v, idm_acceleration(idm, v, 15, {gap, 12}), 0.01);
    gap += 12 * 0.01 - s.distance_m;
    v = s.speed_mps;
    ASSERT_GT(gap, 0);
  }
  EXPECT_NEAR(v, 12, 1e-3);
  EXPECT_NEAR(gap, idm_equilibrium_gap(idm, 12, 15), 0.02);
}

TEST(Steering, ConstantSteerClosesACircle) {
  const double steer = 0.3;
  const double wheelbase = 2.6;
  const double radius = wheelbase / std::tan(steer);
  PlanarPose pose;
  const int n = 1000;
  for (int k = 0; k < n; ++k) {
    pose = drive_arc(pose, steer, wheelbase, 2 * glm::pi<double>() * radius / n);
    EXPECT_NEAR(glm::length(pose.position - Vec2d(0, radius)), radius, 1e-9);
  }
  EXPECT_NEAR(glm::length(pose.position), 0, 1e-9);
}

TEST(Steering, PurePursuitOfAPointOnACircleHoldsThatCircle) {
  const SteeringParameters car;
  const double radius = 25;
  for (const double angle : {0.1, 0.3, 0.6}) {
    const Vec2d target(radius * std::sin(angle), radius * (1 - std::cos(angle)));
    EXPECT_NEAR(pure_pursuit_steer(car, {0, 0}, 0, target), std::atan(car.wheelbase_m / radius),
                1e-12);
  }
}

TEST(Steering, QuinticPeakAccelerationMatchesItsTime) {
  const double d = 3.5;
  const double T = quintic_time_s(d, 2.0, 0.1);
  double peak = 0;
  const double h = 1e-3;
  for (double u = h; u < 1 - h; u += h) {
    const double a = d * (quintic(u + h) - 2 * quintic(u) + quintic(u - h)) / (h * h * T * T);
    peak = std::max(peak, std::abs(a));
  }
  EXPECT_NEAR(peak, 2.0, 2e-3);
}

TEST(Friction, TableValuesAndBetween) {
  EXPECT_NEAR(friction_coefficient(50 / 3.6, 0), 0.85, 1e-12);
  EXPECT_NEAR(friction_coefficient(90 / 3.6, 1), 0.30, 1e-12);
  EXPECT_NEAR(friction_coefficient(70 / 3.6, 0.6), 0.25 * (0.65 + 0.55 + 0.60 + 0.30), 1e-12);
  EXPECT_EQ(water_film_mm(0), 0);
  EXPECT_GT(water_film_mm(20), water_film_mm(2));
  EXPECT_LT(friction_coefficient(13, water_film_mm(10)), 0.65);
}

TEST(Track, ProjectionInvertsPoint) {
  std::vector<TrackStation> stations;
  const double radius = 60;
  for (int i = 0; i <= 200; ++i) {
    TrackStation s;
    s.s_m = 0.5 * i;
    const double angle = s.s_m / radius;
    s.position = {radius * std::sin(angle), radius * (1 - std::cos(angle)), 0.02 * s.s_m};
    s.heading_rad = angle;
    stations.push_back(s);
  }
  const Track track(stations);
  for (const double s : {-3.0, 0.3, 17.77, 88.0, 99.9, 104.0}) {
    const TrackPoint p = track.project(Vec2d(track.point(s, 1.5)), s + 5);
    EXPECT_NEAR(p.s_m, s, 0.01);
    EXPECT_NEAR(p.lateral_m, 1.5, 0.002);
  }
  EXPECT_NEAR(track.curvature(50), 1 / radius, 1e-9);
  EXPECT_NEAR(track.slope(50), 0.02, 1e-12);
  // A hint from far away still finds it.
  EXPECT_NEAR(track.project(Vec2d(track.point(90, -2)), 0.0).s_m, 90, 0.01);
}

// Segments that are too far off are skipped: the nearest of all is found nevertheless, on a line
// that bends back beside itself.
TEST(Track, ProjectionFindsTheNearestOfAllSegments) {
  std::vector<TrackStation> stations;
  math::Vec3d at(0);
  double heading = 0;
  for (int i = 0; i <= 300; ++i) {
    TrackStation s;
    s.s_m = 0.5 * i;
    s.position = at;
    s.heading_rad = heading;
    stations.push_back(s);
    if (i > 80) heading += 0.05 * std::sin(0.03 * i) + 0.02;
    at += (i % 7 == 0 ? 0.9 : 0.4) * math::Vec3d(std::cos(heading), std::sin(heading), 0.1);
  }
  const Track track(stations);
  const auto scanned_m = [&](const Vec2d& p, std::size_t first, std::size_t last) {
    double nearest = 1e9;
    for (std::size_t i = first; i < last; ++i) {
      const Vec2d a(stations[i].position);
      const Vec2d ab = Vec2d(stations[i + 1].position) - a;
      double u = glm::dot(p - a, ab) / glm::dot(ab, ab);
      if (i > 0) u = std::max(u, 0.0);
      if (i + 2 < stations.size()) u = std::min(u, 1.0);
      nearest = std::min(nearest, glm::distance(p, a + u * ab));
    }
    return nearest;
  };
  for (int k = 0; k < 400; ++k) {
    const Vec2d p(-30 + 0.37 * (k % 160), -25 + 0.9 * (k % 77));
    EXPECT_NEAR(std::abs(track.project(p).lateral_m), scanned_m(p, 0, 300), 1e-12);
    // With a hint it is the nearest within 20 m of that, unless it lies at the border of them.
    const double s = 26 + 96 * k / 400.0;
    const Vec2d q(track.point(s, -3 + 0.1 * (k % 61)));
    const double hint = s + 0.5 * (k % 23) - 5;
    const TrackPoint found = track.project(q, hint);
    if (std::abs(found.s_m - hint) > 18) continue;
    const auto middle = static_cast<std::size_t>(2 * hint);
    EXPECT_NEAR(std::abs(found.lateral_m), scanned_m(q, middle - 38, middle + 38), 1e-12) << s;
  }
}

}  // namespace
}  // namespace oddroad::sim
