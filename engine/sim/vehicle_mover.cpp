#include "engine/sim/vehicle_mover.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

}  // namespace

VehicleMover::VehicleMover(const VehicleParameters& parameters, const scenario::Drive& drive,
                           double lateral_offset_m, Roadside roadside, const Wobble& wobble)
    : parameters_(parameters),
      drive_(drive),
      roadside_(std::move(roadside)),
      wobble_(wobble),
      plan_(lateral_offset_m) {
  ODDROAD_CHECK(roadside_.grip != nullptr);
  if (parameters.springs) sprung_.emplace(*parameters.springs);
}

bool VehicleMover::finished() const {
  const bool speed_done = mode_ == Mode::kCruise || mode_ == Mode::kKeep || mode_ == Mode::kMeet ||
                          (is_lost() && standing_) ||
                          (mode_ == Mode::kReverse && remaining_m_ < 0) ||
                          (mode_ == Mode::kStop && standing_ && remaining_s_ <= 0);
  const bool way_done = !change_ && !overtaking_ && plan_elapsed_s_ >= plan_.duration_s();
  return speed_done && way_done && !door_moves_;
}

void VehicleMover::step(const Bodies& bodies, double dt, Body& self) {
  time_s_ += dt;
  friction_ = roadside_.grip->at(Vec2d(self.position), self.speed_mps);
  if (mode_ == Mode::kSpin) {
    step_spin(dt, self);
  } else {
    const SpeedStep moved = change_speed(bodies, dt, self);
    move(moved, dt, self);
  }
  settle_mode(dt, self);
  settle_way(bodies, dt, self);
  if (mode_ == Mode::kFall) tip_over(dt, self);
  if (mode_ != Mode::kSpin) settle_pose(dt, self);
  settle_lamps(self);
  if (self.crossing) {
    const Vec2d gone = self.outline().centre - self.crossing->from;
    const double tail = glm::dot(gone, self.crossing->direction) - self.outline().half_length_m;
    self.crossed = self.crossed || tail > self.crossing->lane_reach_m;
  }
  if (door_moves_) {
    double& door = self.articulation.door_rad;
    const double most = door_rate_rps_ * dt;
    door += std::clamp(door_goal_rad_ - door, -most, most);
    door_moves_ = door != door_goal_rad_;
  }
}

void VehicleMover::settle_pose(double dt, Body& self) {
  const double before_z = self.pose.translation.z;
  settle_on_track(self);
  const double sign = self.backwards ? -1 : 1;
  if (sprung_) {
    const double slope = self.track->slope(self.s_m);
    const double rise = self.speed_mps * (slope - slope_) / dt;
    slope_ = slope;
    sprung_->step({sign * self.acceleration_mps2, self.speed_mps * self.yaw_rate_rps, rise}, dt);
    const math::Pose T_unsprung_body = sprung_->pose();
    self.pose = self.pose * T_unsprung_body;
    self.T_body_unsprung = T_unsprung_body.inverse();
  } else if (parameters_.leans) {
    const double lean = std::atan(self.speed_mps * self.yaw_rate_rps / kGravity_mps2);
    self.pose.rotation =
        self.pose.rotation *
        glm::angleAxis(tilt_rad_ - lean, math::Vec3d(1, 0, 0));  // left is negative roll
    // On its side it lies on handlebars and pedals.
    const double half_width = 0.5 * self.standing_width_m();
    self.pose.translation.z += half_width * std::sin(std::abs(tilt_rad_));
  }
  const Vec2d forward = self.forward();
  const Vec2d flat = sign * self.speed_mps * forward + self.slip_mps * Vec2d(-forward.y, forward.x);
  self.velocity_mps = math::Vec3d(flat, (self.pose.translation.z - before_z) / dt);
}

void VehicleMover::settle_lamps(Body& self) const {
  self.lamps.brake =
      self.acceleration_mps2 < -parameters_.brake_lamps_mps2 || (mode_ == Mode::kStop && standing_);
  self.lamps.reversing = self.backwards;
  if (own_indicators_) return;
  double aside = change_ ? change_->side : 0;
  if (overtaking_) {
    aside = overtaking_->returning ? -roadside_.overtaking_side : roadside_.overtaking_side;
  }
  self.lamps.indicator_left = aside > 0;
  self.lamps.indicator_right = aside < 0;
}

void settle_on_track(Body& body) {
  const Track& track = *body.track;
  const TrackPoint here = track.project(Vec2d(body.position), body.s_m);
  body.s_m = here.s_m;
  body.lateral_m = here.lateral_m;
  body.position.z = track.point(here.s_m, here.lateral_m).z;
  const double length = std::max(body.wheelbase_m, 0.5);
  const Vec2d front_axle = Vec2d(body.position) + length * body.forward();
  const TrackPoint there = track.project(front_axle, here.s_m + length);
  const double rise = track.point(there.s_m, there.lateral_m).z - body.position.z;
  // Positive rotation about y (left) lowers the nose; about x (forward) it lifts the left side.
  body.pose = {math::from_yaw_pitch_roll(body.yaw_rad, -std::atan2(rise, length),
                                         track.at(here.s_m).bank_rad),
               body.position};
}

}  // namespace oddroad::sim
