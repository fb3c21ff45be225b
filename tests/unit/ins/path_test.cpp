#include "sensors/ins/path.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sensors/ins/earth.h"
#include "sensors/ins/navigation.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3d;

// A car on a circle of `radius`, the nose along the way; constant speed.
world::Actor circling(double radius_m, double speed_mps, double pitch_rad = 0) {
  tests::TestWorld world;
  world::Actor actor = world.timeline().actors[0];
  actor.states.clear();
  for (int k = 0; k <= 200; ++k) {
    const double a = speed_mps * 0.01 * k / radius_m;
    world::ActorState s;
    s.T_world_actor = {math::from_yaw_pitch_roll(a + M_PI / 2, pitch_rad, 0),
                       {radius_m * std::cos(a), radius_m * std::sin(a), 0}};
    s.velocity_mps = speed_mps * Vec3d(-std::sin(a), std::cos(a), 0);
    actor.states.push_back(s);
  }
  return actor;
}

TEST(Spline, MeetsAParabolaExactlyAndASineClosely) {
  std::vector<double> parabola, sine;
  for (int k = 0; k <= 50; ++k) {
    const double t = 0.01 * k;
    parabola.push_back(3 - 2 * t + 4 * t * t);
    sine.push_back(std::sin(10 * t));
  }
  const ins::Spline p(parabola, 0.01), s(sine, 0.01);
  for (double t = 0; t <= 0.5; t += 0.0037) {
    EXPECT_NEAR(p.at(t).value, 3 - 2 * t + 4 * t * t, 1e-12);
    EXPECT_NEAR(p.at(t).slope, -2 + 8 * t, 1e-9);
    EXPECT_NEAR(p.at(t).curvature, 8, 1e-7);
    if (t < 0.1 || t > 0.4) continue;  // ends: the curvature's change is not known there
    EXPECT_NEAR(s.at(t).value, std::sin(10 * t), 1e-6);
    EXPECT_NEAR(s.at(t).slope, 10 * std::cos(10 * t), 1e-3);
    EXPECT_NEAR(s.at(t).curvature, -100 * std::sin(10 * t), 0.1);
  }
  EXPECT_EQ(ins::Spline({7}, 0.01).at(3).value, 7);
  EXPECT_NEAR(ins::Spline({1, 3}, 0.01).at(0.0025).value, 1.5, 1e-15);
}

TEST(SmoothPath, CircleHasItsCentripetalAcceleration) {
  const ins::SmoothPath path(circling(50, 15));
  for (std::int64_t t = 200'000'000; t <= 1'800'000'000; t += 3'700'000) {
    const ins::Kinematics k = path.at(t);
    EXPECT_NEAR(glm::length(k.velocity_mps), 15, 1e-6);
    EXPECT_NEAR(glm::length(k.acceleration_mps2), 15 * 15 / 50.0, 1e-4);
    EXPECT_NEAR(k.rate_rps.z, 15 / 50.0, 1e-8);
    EXPECT_NEAR(glm::length(k.rate_change_rps2), 0, 1e-4);
    // Two metres ahead and one to the left: the same turn about the same centre.
    const ins::Kinematics m = ins::mounted(k, {{1, 0, 0, 0}, {2, 1, 0}});
    const double r = std::hypot(49, 2);
    EXPECT_NEAR(glm::length(m.position_m), r, 1e-6);
    EXPECT_NEAR(glm::length(m.velocity_mps), 0.3 * r, 1e-6);
    EXPECT_NEAR(glm::length(m.acceleration_mps2), 0.09 * r, 1e-3);
  }
}

TEST(SmoothPath, PassesThroughEveryState) {
  const world::Actor actor = circling(20, 12, 0.05);
  const ins::SmoothPath path(actor);
  for (std::size_t k = 0; k < actor.states.size(); ++k) {
    const ins::Kinematics at = path.at(static_cast<std::int64_t>(k) * world::kStepNs);
    EXPECT_LT(glm::length(at.position_m - actor.states[k].T_world_actor.translation), 1e-12);
    EXPECT_GT(std::abs(glm::dot(at.rotation, actor.states[k].T_world_actor.rotation)), 1 - 1e-14);
  }
}

TEST(SmoothPath, RatesAreThoseOfTheMovingFrame) {
  // A turn about the world's z by a body that is pitched: the body sees part of it about its x.
  const ins::SmoothPath path(circling(20, 10, 0.2));
  const Vec3d w = path.at(1'000'000'000).rate_rps;
  EXPECT_NEAR(w.x, -std::sin(0.2) * 0.5, 1e-7);
  EXPECT_NEAR(w.y, 0, 1e-9);
  EXPECT_NEAR(w.z, std::cos(0.2) * 0.5, 1e-7);
}

TEST(Angles, AreThoseThatMadeTheRotation) {
  for (const auto& [yaw, pitch, roll] :
       {std::tuple(0.3, 0.1, -0.2), std::tuple(3.0, -0.4, 0.0), std::tuple(-2.0, 0.0, 1.0)}) {
    const auto a = ins::angles_of(math::from_yaw_pitch_roll(yaw, pitch, roll));
    EXPECT_NEAR(a.yaw_rad, yaw, 1e-12);
    EXPECT_NEAR(a.pitch_rad, pitch, 1e-12);
    EXPECT_NEAR(a.roll_rad, roll, 1e-12);
  }
}

TEST(Earth, GeodeticComesBack) {
  for (const double latitude : {-1.2, -0.3, 0.0, 0.7, 1.5}) {
    const ins::Geodetic place{latitude, 2.1, 345};
    const ins::Geodetic back = ins::geodetic_of(ins::ecef_of(place));
    EXPECT_NEAR(back.latitude_rad, latitude, 1e-12);
    EXPECT_NEAR(back.longitude_rad, 2.1, 1e-13);
    EXPECT_NEAR(back.height_m, 345, 1e-6);
  }
}

TEST(Earth, AMetreNorthIsAMetreNorth) {
  // Radii of curvature of the WGS 84 ellipsoid, meridian and prime vertical.
  const double phi = 49 * M_PI / 180;
  const ins::LocalEarth earth(phi, 0.15);
  const double e2 = 6.69437999014e-3, s2 = std::sin(phi) * std::sin(phi);
  const double m = 6378137 * (1 - e2) / std::pow(1 - e2 * s2, 1.5);
  const double n = 6378137 / std::sqrt(1 - e2 * s2);
  const auto north = earth.geodetic({0, 100, 0});
  const auto east = earth.geodetic({100, 0, 12});
  ASSERT_TRUE(north && east);
  EXPECT_NEAR((north->latitude_rad - phi) * m, 100, 1e-3);
  EXPECT_NEAR((east->longitude_rad - 0.15) * n * std::cos(phi), 100, 1e-3);
  EXPECT_NEAR(east->height_m, 12, 1e-3);
  EXPECT_FALSE(ins::LocalEarth(0, 0).geodetic({1, 2, 3}));
  // Normal gravity: 9.780 at the equator, 9.832 at the poles.
  EXPECT_NEAR(ins::LocalEarth(1e-9, 0.1).gravity_mps2(), 9.7803253, 1e-6);
  EXPECT_NEAR(ins::LocalEarth(M_PI / 2, 0.1).gravity_mps2(), 9.8321849, 1e-6);
  EXPECT_EQ(ins::LocalEarth(0, 0).gravity_mps2(), 9.80665);
}

}  // namespace
}  // namespace oddroad
