#include "sensors/ins/odometry.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/common/test_world.h"

namespace oddroad {
namespace {

std::shared_ptr<asset::Model> car() {
  auto model = std::make_shared<asset::Model>();
  model->wheelbase_m = 2.6;
  for (const double x : {0.0, 2.6}) {
    for (const double y : {0.75, -0.75}) {
      asset::Part wheel;
      wheel.role = asset::PartRole::kWheel;
      wheel.wheel_radius_m = 0.3;
      wheel.T_model_part.translation = {x, y, 0.3};
      model->parts.push_back(wheel);
    }
  }
  return model;
}

// Turns on a circle for 4 s; the front wheels stand as the circle asks.
world::Actor turning(double radius_m, double speed_mps) {
  world::Actor actor;
  actor.model = car();
  for (int k = 0; k <= 400; ++k) {
    const double a = speed_mps * 0.01 * k / radius_m;
    world::ActorState s;
    s.T_world_actor = {math::from_yaw_pitch_roll(a + M_PI / 2),
                       {radius_m * std::cos(a), radius_m * std::sin(a), 0}};
    s.steer_rad = std::atan(2.6 / radius_m);
    actor.states.push_back(s);
  }
  return actor;
}

ins::OdometrySettings exact() {
  ins::OdometrySettings s;
  s.noise = false;
  return s;
}

TEST(Odometry, WheelsRollTheirOwnCircles) {
  const auto actor = turning(12, 6);
  const ins::SmoothPath path(actor);
  const auto s = ins::simulate_odometry(exact(), actor, path, 0, 4'000'000'000, 1).samples;
  ASSERT_EQ(s.size(), 201u);
  const double turned = 6 * 4 / 12.0;
  EXPECT_NEAR(s.back().true_rl_m, turned * (12 - 0.75), 1e-4);  // left is inside
  EXPECT_NEAR(s.back().true_rr_m, turned * (12 + 0.75), 1e-4);
  // In front the hubs' ways are not those of one angle; along it, cos of the difference is lost.
  const double angle = std::atan(2.6 / 12), left = std::atan2(2.6, 12 - 0.75);
  EXPECT_NEAR(s.back().true_fl_m, turned * std::hypot(2.6, 11.25) * std::cos(left - angle), 1e-4);
  EXPECT_NEAR(s.back().true_speed_mps, 6, 1e-4);
  EXPECT_NEAR(s.back().steer_rad, angle, 1e-12);
}

TEST(Odometry, TicksAreWholeAndCountTheTurns) {
  const auto actor = turning(1e6, 10);
  const ins::SmoothPath path(actor);
  const auto s = ins::simulate_odometry(exact(), actor, path, 0, 4'000'000'000, 1).samples;
  EXPECT_EQ(s.back().ticks_rr, std::floor(40.00003 / (2 * M_PI * 0.3) * 96));
}

TEST(Odometry, ScaleIsEachWheelsOwnAndStaysForTheClip) {
  const auto actor = turning(1e6, 10);
  const ins::SmoothPath path(actor);
  ins::OdometrySettings s;
  s.model.scale = 0.01;
  s.model.ticks_per_turn = 10'000;
  double sum = 0;
  for (std::uint64_t key = 0; key < 300; ++key) {
    const auto out = ins::simulate_odometry(s, actor, path, 0, 4'000'000'000, key).samples;
    const double measured = out.back().ticks_fl * 2 * M_PI * 0.3 / 10'000;
    const double half = out[100].ticks_fl * 2 * M_PI * 0.3 / 10'000;
    EXPECT_NEAR(measured / out.back().true_fl_m, half / out[100].true_fl_m, 1e-4);
    sum += std::pow(measured / out.back().true_fl_m - 1, 2);
  }
  EXPECT_NEAR(std::sqrt(sum / 300) / 0.01, 1, 0.12);
}

}  // namespace
}  // namespace oddroad
