// Loose things against closed forms.
#include "engine/sim/rigid_body.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/sim/friction.h"

namespace oddroad::sim {
namespace {

using asset::PropPhysics;
using math::Vec3d;

RigidShape shape_of(PropPhysics::Hull hull, const Vec3d& half, double friction = 0.5,
                    double restitution = 0.3) {
  PropPhysics p;
  p.mass_kg = 20;
  p.half_extent_m = half;
  p.hull = hull;
  p.friction = friction;
  p.restitution = restitution;
  return make_shape(p);
}

struct Ride {
  RigidState end;
  double highest_m = -1e9;  // of the centre, after the first contact
  double deepest_m = -1e9;  // over the second half
  double most_energy_gain_j = 0;
};

Ride play(const RigidShape& shape, RigidState state, double time_s, const Support& plane = {}) {
  Ride out;
  bool touched = false;
  double energy = energy_j(shape, state);
  const int n = static_cast<int>(time_s * 100);
  for (int i = 0; i < n; ++i) {
    step(shape, plane, 0.01, state);
    touched = touched || state.velocity_mps.z > 0.01;
    if (touched) out.highest_m = std::max(out.highest_m, state.centre.z);
    if (i > n / 2) out.deepest_m = std::max(out.deepest_m, depth_m(shape, plane, state));
    out.most_energy_gain_j = std::max(out.most_energy_gain_j, energy_j(shape, state) - energy);
    energy = energy_j(shape, state);
  }
  out.end = state;
  return out;
}

TEST(RigidBody, FallsAsGalileoSays) {
  const RigidShape box = shape_of(PropPhysics::kBox, {0.3, 0.2, 0.1});
  RigidState s;
  s.centre = {0, 0, 5};
  s.velocity_mps = {20, 0, 0};
  const double time = 0.9;
  const Ride r = play(box, s, time);
  EXPECT_NEAR(r.end.centre.x, 20 * time, 1e-9);
  EXPECT_NEAR(r.end.centre.z, 5 - 0.5 * kGravity_mps2 * time * time, 0.005);
}

TEST(RigidBody, DropsFromAMovingTruckHitTheGroundWhereTheyShould) {
  const RigidShape box = shape_of(PropPhysics::kBox, {0.2, 0.2, 0.2});
  RigidState s;
  s.centre = {0, 0, 1.25 + 0.2};
  s.velocity_mps = {25, 0, 0};
  const double time = std::sqrt(2 * 1.25 / kGravity_mps2);
  double hit_s = 0;
  for (int i = 0; i < 100 && hit_s == 0; ++i) {
    step(box, {}, 0.01, s);
    if (s.centre.z <= 0.205) hit_s = (i + 1) * 0.01;
  }
  EXPECT_NEAR(hit_s, time, 0.011);
  EXPECT_NEAR(s.centre.x, 25 * time, 0.3);
}

TEST(RigidBody, SlidesVSquaredOverTwoMuG) {
  for (const double mu : {0.3, 0.6}) {
    const RigidShape box = shape_of(PropPhysics::kBox, {0.6, 0.4, 0.07}, mu);
    RigidState s;
    s.centre = {0, 0, 0.07};
    s.velocity_mps = {8, 0, 0};
    const Ride r = play(box, s, 5);
    const double expected = 64 / (2 * mu * kGravity_mps2);
    EXPECT_NEAR(r.end.centre.x, expected, 0.02 * expected) << mu;
    EXPECT_TRUE(r.end.asleep);
    EXPECT_LT(r.deepest_m, 0.001);
    EXPECT_LE(r.most_energy_gain_j, 1e-9);
  }
}

TEST(RigidBody, BouncesToTheSquareOfTheRestitution) {
  for (const double e : {0.3, 0.6, 0.8}) {
    const RigidShape ball = shape_of(PropPhysics::kSphere, Vec3d(0.11), 0.5, e);
    RigidState s;
    s.centre = {0, 0, 2.11};
    const Ride r = play(ball, s, 1.6);
    EXPECT_NEAR(r.highest_m - 0.11, 2 * e * e, 0.04 * 2 * e * e + 0.01) << e;
    EXPECT_LE(r.most_energy_gain_j, 1e-9);
  }
}

TEST(RigidBody, ASlidingBallRollsAtFiveSevenths) {
  const RigidShape ball = shape_of(PropPhysics::kSphere, Vec3d(0.11), 0.6, 0.3);
  RigidState s;
  s.centre = {0, 0, 0.11};
  s.velocity_mps = {4, 0, 0};
  const Ride r = play(ball, s, 0.5);
  // Then rolling resistance slows it by 5/7 c g.
  EXPECT_NEAR(r.end.velocity_mps.x, 4 * 5 / 7.0, 0.08);
  EXPECT_NEAR(r.end.spin_rps.y * 0.11, r.end.velocity_mps.x, 1e-3);
}

TEST(RigidBody, AWheelRollsOnItsRim) {
  const RigidShape wheel = shape_of(PropPhysics::kCylinderY, {0.32, 0.1, 0.32}, 0.7, 0.5);
  RigidState s;
  s.centre = {0, 0, 0.32};
  s.velocity_mps = {10, 0, 0};
  s.spin_rps = {0, 10 / 0.32, 0};
  const Ride r = play(wheel, s, 2);
  EXPECT_GT(r.end.centre.x, 18.5);
  EXPECT_NEAR(r.end.centre.z, 0.32, 0.001);
  EXPECT_NEAR(r.end.centre.y, 0, 0.01);
}

class Tumble : public ::testing::TestWithParam<int> {};

TEST_P(Tumble, EndsAtRestOnTheRoadAndNeverGainsEnergy) {
  const auto hull = static_cast<PropPhysics::Hull>(GetParam() % 5);
  const double k = 1 + 0.37 * GetParam();
  const Vec3d half = hull == PropPhysics::kSphere ? Vec3d(0.2) : Vec3d(0.45, 0.3, 0.12);
  const RigidShape shape = shape_of(hull, half, 0.5, 0.25);
  RigidState s;
  s.centre = {0, 0, 2};
  s.velocity_mps = {12, std::sin(k), 1};
  s.spin_rps = {3 * std::sin(k), 5 * std::cos(2 * k), 2 * std::sin(3 * k)};
  const Ride r = play(shape, s, 150);
  EXPECT_LE(r.most_energy_gain_j, 1e-4);  // 20 kg, half a micrometre higher
  EXPECT_LT(r.deepest_m, 0.001);
  EXPECT_GT(r.deepest_m, -0.001);
  EXPECT_TRUE(r.end.asleep) << glm::length(r.end.velocity_mps) << " "
                            << glm::length(r.end.spin_rps);
}

INSTANTIATE_TEST_SUITE_P(Hulls, Tumble, ::testing::Range(0, 15));

TEST(RigidBody, LiesStillOnASlopeThatFrictionHolds) {
  const RigidShape box = shape_of(PropPhysics::kBox, {0.3, 0.3, 0.15}, 0.5);
  Support hill;
  hill.normal = glm::normalize(Vec3d(-0.1, 0, 1));
  RigidState s;
  s.rotation = glm::angleAxis(-std::atan(0.1), Vec3d(0, 1, 0));
  s.centre = 0.15 * hill.normal;
  const Ride r = play(box, s, 3, hill);
  EXPECT_TRUE(r.end.asleep);
  EXPECT_LT(glm::length(r.end.centre - s.centre), 0.02);
}

TEST(RigidBody, DragLeadsToTerminalSpeed) {
  RigidShape bag = shape_of(PropPhysics::kSphere, Vec3d(0.15));
  bag.physics.mass_kg = 0.5;
  bag = make_shape([&] {
    PropPhysics p = bag.physics;
    p.drag_area_m2 = 0.15;
    return p;
  }());
  RigidState s;
  s.centre = {0, 0, 200};
  const Ride r = play(bag, s, 6);
  EXPECT_NEAR(-r.end.velocity_mps.z, std::sqrt(2 * 0.5 * kGravity_mps2 / (1.2 * 0.15)), 0.05);
}

// In free flight angular momentum and energy stay, so that the spin along the momentum does: a long
// thing that tumbles goes on tumbling and never turns into one that spins about its length.
TEST(RigidBody, TumblesOnAsItTumbles) {
  const RigidShape beam = shape_of(PropPhysics::kBox, {1.5, 0.05, 0.1}, 0.5);
  Support ground;
  ground.point = {0, 0, -1e4};
  RigidState s;
  s.spin_rps = {3, 25, 4};
  const double energy = energy_j(beam, s);
  double fastest = 0;
  for (int i = 0; i < 200; ++i) {
    step(beam, ground, 0.01, s);
    fastest = std::max(fastest, glm::length(s.spin_rps));
  }
  EXPECT_LT(fastest, 1.2 * glm::length(math::Vec3d(3, 25, 4)));
  EXPECT_GT(glm::length(s.spin_rps), 20);
  const double fell = energy_j(beam, s);
  EXPECT_LE(fell, energy);
}

TEST(RigidBody, ADeckCarriesIt) {
  const RigidShape box = shape_of(PropPhysics::kBox, {0.3, 0.3, 0.15}, 0.5);
  Support deck;
  deck.velocity_mps = {20, 0, 0};
  RigidState s;
  s.centre = {0, 0, 0.15};
  s.velocity_mps = {20, 0, 0};
  for (int i = 0; i < 100; ++i) {
    step(box, deck, 0.01, s);
    deck.point += 0.01 * deck.velocity_mps;
  }
  EXPECT_NEAR(s.velocity_mps.x, 20, 0.01);
  EXPECT_NEAR(s.centre.x, 20, 0.01);
  EXPECT_NEAR(s.centre.z, 0.15, 0.001);
}

}  // namespace
}  // namespace oddroad::sim
