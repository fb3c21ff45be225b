// Tyres, springs and grip against closed forms.
#include <cmath>

#include <gtest/gtest.h>

#include "engine/sim/vehicle_parameters.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;

constexpr double kJerk_mps3 = 12.65;
const ChassisParameters kCar;

ChassisMotion hold(double speed, double steer, double friction, double time_s) {
  ChassisMotion m;
  for (int i = 0; i < static_cast<int>(time_s * 100); ++i) {
    m = drive(kCar, m, {speed, speed * 0.01, 0, steer, friction}, 0.01);
  }
  return m;
}

TEST(Chassis, WalkingPaceDrivesTheAckermannRadius) {
  const double radius = kCar.wheelbase_m / std::tan(0.3);
  const ChassisMotion m = hold(2, 0.3, 0.85, 2 * glm::pi<double>() * radius / 2 / 2);
  EXPECT_NEAR(2 / m.yaw_rate_rps, radius, 1e-9);
  EXPECT_NEAR(m.at.position.y, 2 * radius, 0.02);  // half a circle on the left
  EXPECT_EQ(m.slip_mps, 0);
}

TEST(Chassis, UndersteersInsideTheLinearRangeAsTheFormulaSays) {
  for (const double curvature : {0.005, -0.008}) {
    const double steer = steady_steer_rad(kCar, curvature, 20, 0.85);
    EXPECT_GT(std::abs(steer), std::abs(std::atan(kCar.wheelbase_m * curvature)));
    const ChassisMotion m = hold(20, steer, 0.85, 6);
    EXPECT_NEAR(m.yaw_rate_rps, 20 * curvature, 0.02 * 20 * std::abs(curvature));
    EXPECT_NEAR(m.slip_mps, steady_motion(kCar, {}, curvature, 20, 0.85).slip_mps, 0.02);
    // The tail hangs out: the axle slips away from the inside of the bend.
    EXPECT_LT(m.slip_mps * curvature, 0);
  }
}

TEST(Chassis, NoBendIsTighterThanTheFriction) {
  for (const double mu : {0.85, 0.4, 0.1}) {
    const ChassisMotion m = hold(20, 0.4, mu, 6);
    EXPECT_LE(std::abs(20 * m.yaw_rate_rps), 1.02 * mu * kGravity_mps2) << mu;
  }
}

TEST(Chassis, BrakingTakesFromTheSideForce) {
  ChassisMotion rolls;
  ChassisMotion brakes;
  for (int i = 0; i < 60; ++i) {
    rolls = drive(kCar, rolls, {20, 0.2, 0, 0.3, 0.5}, 0.01);
    brakes = drive(kCar, brakes, {20, 0.2, -0.49 * kGravity_mps2, 0.3, 0.5}, 0.01);
  }
  EXPECT_LT(std::abs(brakes.yaw_rate_rps), 0.7 * std::abs(rolls.yaw_rate_rps));
}

TEST(Chassis, HalfSubStepsAgree) {
  ChassisMotion coarse;
  ChassisMotion fine;
  for (int i = 0; i < 200; ++i) {
    coarse = drive(kCar, coarse, {15, 0.15, 0, 0.05, 0.85}, 0.01);
    for (int k = 0; k < 4; ++k) {
      fine = drive(kCar, fine, {15, 0.0375, 0, 0.05, 0.85}, 0.0025);
    }
  }
  EXPECT_NEAR(coarse.at.position.x, fine.at.position.x, 0.02);
  EXPECT_NEAR(coarse.at.position.y, fine.at.position.y, 0.02);
}

TEST(SprungBody, SettlesAtTheStaticDiveAndSwingsAtItsFrequency) {
  SpringParameters springs;
  SprungBody body(springs);
  double least = 1;
  double most = 0;
  double last = 0;
  int crossings = 0;
  const double settled = 0.5 * springs.dive_rad_per_g;
  for (int i = 0; i < 400; ++i) {
    body.step({-0.5 * kGravity_mps2, 0, 0}, 0.01);
    most = std::max(most, body.pitch_rad());
    if (i > 20) least = std::min(least, body.pitch_rad());
    crossings += (last < settled) != (body.pitch_rad() < settled) && i < 67 ? 1 : 0;
    last = body.pitch_rad();
  }
  EXPECT_NEAR(body.pitch_rad(), settled, 1e-6);
  // Overshoot of a second-order system: exp(-pi z / sqrt(1 - z^2)).
  const double z = springs.damping;
  EXPECT_NEAR(most / settled, 1 + std::exp(-glm::pi<double>() * z / std::sqrt(1 - z * z)), 0.01);
  EXPECT_GE(crossings, 1);
}

class BrakingTest : public ::testing::TestWithParam<std::pair<double, double>> {};

// (rain in mm/h or -1 for ice, speed)
TEST_P(BrakingTest, DistanceIsTheClosedForm) {
  const auto [rain, speed] = GetParam();
  scenario::Variant v = ego_only(speed);
  v.environment.rain_mm_per_h = std::max(rain, 0.0);
  if (rain < 0) v.environment.ice = 1;
  scenario::Action stop;
  stop.verb = "stop";
  stop.accel_mps2 = 15;  // as hard as it goes
  v.actors[0].actions.push_back(stop);
  v.max_duration_s = 40;
  const Street street;
  Setting setting;
  const auto t = simulate(v, *street.graph, setting.context);
  ASSERT_TRUE(t) << core::to_string(t.error());
  const double mu = friction_coefficient(road_cover(v), speed);
  const double a = mu * kGravity_mps2;
  const double expected = speed * speed / (2 * a) + speed * a / (2 * kJerk_mps3);
  EXPECT_NEAR(t->actors[0].states.back().rolled_m, expected, 0.02 * expected) << mu;
}

INSTANTIATE_TEST_SUITE_P(Roads, BrakingTest,
                         ::testing::Values(std::pair(0.0, 13.5), std::pair(3.0, 13.5),
                                           std::pair(30.0, 13.5), std::pair(-1.0, 13.5),
                                           std::pair(0.0, 8.0), std::pair(-1.0, 8.0)));

TEST(Dynamics, TheBodyDipsAndTheWheelsStayOnTheRoad) {
  scenario::Variant v = ego_only(14);
  scenario::Action stop;
  stop.verb = "stop";
  stop.accel_mps2 = 7;
  v.actors[0].actions.push_back(stop);
  const Street street;
  Setting setting;
  const auto t = simulate(v, *street.graph, setting.context);
  ASSERT_TRUE(t);
  double deepest = 0;
  for (const auto& s : t->actors[0].states) {
    const math::Vec3d forward = s.T_world_actor.rotation * math::Vec3d(1, 0, 0);
    deepest = std::min(deepest, forward.z);
    for (const double x : {0.0, 2.6}) {
      for (const double y : {-0.8, 0.8}) {
        const math::Vec3d contact = s.T_world_actor * (s.T_actor_unsprung * math::Vec3d(x, y, 0));
        EXPECT_NEAR(contact.z, 0, 1e-6);
      }
    }
  }
  // 7 m/s2 at 0.044 rad per g, and the overshoot.
  EXPECT_LT(deepest, -7 / kGravity_mps2 * 0.044);
  EXPECT_GT(deepest, -7 / kGravity_mps2 * 0.044 * 1.3);
  EXPECT_TRUE(t->actors[0].states[150].lamps.brake);
  EXPECT_FALSE(t->actors[0].states[0].lamps.brake);
}

TEST(Dynamics, SuperelevationRollsTheBody) {
  std::string xml = street_xml();
  const std::string from = "<lanes>";
  xml.replace(xml.find(from), from.size(),
              "<lateralProfile><superelevation s=\"0\" a=\"0.05\" b=\"0\" c=\"0\" d=\"0\"/>"
              "</lateralProfile><lanes>");
  const Street street(xml);
  Setting setting;
  const auto t = simulate(ego_only(10), *street.graph, setting.context);
  ASSERT_TRUE(t);
  for (const auto& s : t->actors[0].states) {
    const math::Vec3d left = s.T_world_actor.rotation * math::Vec3d(0, 1, 0);
    EXPECT_NEAR(std::asin(left.z), 0.05, 0.002);
  }
}

TEST(Dynamics, APatchOfIceTakesTheGripAway) {
  scenario::Variant v = ego_only(12);
  v.environment.patches.push_back({40, 30, 3.5, 0, 0.1});
  scenario::Action stop;
  stop.verb = "stop";
  stop.accel_mps2 = 4;
  stop.when = compare("", "", "time", ">=", 2.0);
  v.actors[0].actions.push_back(stop);
  const Street street;
  Setting setting;
  const auto t = simulate(v, *street.graph, setting.context);
  ASSERT_TRUE(t);
  double weakest_inside = 10;
  double strongest_inside = 0;
  for (const auto& s : t->actors[0].states) {
    if (s.rolled_m < 41 || s.rolled_m > 69) continue;
    weakest_inside = std::min(weakest_inside, -s.acceleration_mps2);
    strongest_inside = std::max(strongest_inside, -s.acceleration_mps2);
  }
  EXPECT_NEAR(strongest_inside, 0.1 * kGravity_mps2, 0.01);
}

TEST(Friction, IceAndRainAndSpeed) {
  EXPECT_EQ(friction_coefficient(RoadCover{0, 1, {}}, 30), kIceFriction);
  EXPECT_EQ(friction_coefficient(RoadCover{0, 0, {}}, 10), 0.85);
  EXPECT_EQ(friction_coefficient(RoadCover{2, 1, 0.6}, 10), 0.6);
  const double half = friction_coefficient(RoadCover{0, 0.5, {}}, 10);
  EXPECT_NEAR(half, 0.5 * (0.85 + kIceFriction), 1e-12);
}

}  // namespace
}  // namespace oddroad::sim
