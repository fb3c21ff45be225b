// Vehicles that nobody controls any more: riders that fall, cars that spin.
#include <algorithm>
#include <cmath>

#include "engine/sim/vehicle_mover.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kOnItsSide_rad = 1.48;  // 85 degrees: the wheels are a little lower than the bars
constexpr double kSlides = 0.5;          // friction of metal, plastic and clothes on asphalt

}  // namespace

// To the side to which it sways at that moment.
void VehicleMover::start_fall(const scenario::Action& action) {
  mode_ = Mode::kFall;
  standing_ = false;
  effort_mps2_ = action.accel_mps2.value_or(kSlides * kGravity_mps2);
  const double side = wobble_.at(time_s_).value > 0 ? -1 : 1;
  tilt_goal_rad_ = side * kOnItsSide_rad;
  tilt_within_s_ = action.number("within", 0.7);
  tilt_s_ = 0;
}

// Slowly at first, as an upright rod does, and with no bounce.
void VehicleMover::tip_over(double dt, Body& self) {
  tilt_s_ += dt;
  const double share = std::min(tilt_s_ / tilt_within_s_, 1.0);
  tilt_rad_ = tilt_goal_rad_ * share * share;
  if (std::abs(tilt_rad_) < 0.5 * kOnItsSide_rad || self.stature_m > 0) return;
  // Seen from above it is now as wide as it was tall.
  self.standing = self.footprint;
  self.stature_m = self.height_m;
  self.height_m = self.footprint.width_m();
  (tilt_goal_rad_ > 0 ? self.footprint.right_m : self.footprint.left_m) = self.stature_m;
  (tilt_goal_rad_ > 0 ? self.footprint.left_m : self.footprint.right_m) = 0.1;
}

void VehicleMover::start_spin(const scenario::Action& action, const Body& self) {
  mode_ = Mode::kSpin;
  standing_ = false;
  effort_mps2_ = action.accel_mps2.value_or(0.8 * friction_ * kGravity_mps2);
  const Vec2d way(self.velocity_mps);
  course_ = glm::length(way) > 0.1 ? glm::normalize(way) : self.forward();
  spin_rps_ = action.number("rate", 0);
  spin_from_mps_ = std::max(self.speed_mps, 0.1);
}

// Straight on at the friction of tyres that slide; the turning dies down with the speed.
void VehicleMover::step_spin(double dt, Body& self) {
  const double before = self.speed_mps;
  const double most = friction_ * kGravity_mps2;
  const SpeedStep moved = advance(before, before > 0 ? -std::min(effort_mps2_, most) : 0, dt);
  self.speed_mps = moved.speed_mps;
  self.acceleration_mps2 = (moved.speed_mps - before) / dt;
  self.yaw_rate_rps = spin_rps_ * moved.speed_mps / spin_from_mps_;
  self.position += math::Vec3d(moved.distance_m * course_, 0);
  self.yaw_rad = math::wrap_angle(self.yaw_rad + self.yaw_rate_rps * dt);
  const double before_z = self.pose.translation.z;
  settle_on_track(self);
  const Vec2d forward = self.forward();
  const Vec2d left(-forward.y, forward.x);
  if (sprung_) {
    const Vec2d braking = self.acceleration_mps2 * course_;
    sprung_->step({glm::dot(braking, forward), glm::dot(braking, left), 0}, dt);
    const math::Pose T_unsprung_body = sprung_->pose();
    self.pose = self.pose * T_unsprung_body;
    self.T_body_unsprung = T_unsprung_body.inverse();
  }
  self.slip_mps = self.speed_mps * glm::dot(course_, left);
  self.velocity_mps =
      math::Vec3d(self.speed_mps * course_, (self.pose.translation.z - before_z) / dt);
}

}  // namespace oddroad::sim
