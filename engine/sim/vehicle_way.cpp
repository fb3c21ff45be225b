// Where a vehicle steers, and where that takes it.
#include <algorithm>
#include <cmath>

#include "engine/sim/relations.h"
#include "engine/sim/vehicle_mover.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

}  // namespace

double VehicleMover::offset_in(double time) const {
  return plan_.at(plan_elapsed_s_ + time);
}

// Pure pursuit answers a target y_t, l ahead, with y'' + 2v/l y' + 2v^2/l^2 y = 2v^2/l^2 y_t; this
// target gives y = wobble.
double VehicleMover::wobble_m(double speed, double ahead) const {
  if (!parameters_.wobbles || speed < 0.3 || mode_ == Mode::kMeet) return 0;
  const double time = ahead / std::max(speed, 1.0);
  const Wobble::Sway sway = wobble_.at(time_s_);
  const double sigma = drive_.sway * wobble_sigma_m(speed);
  return sigma * (sway.value + time * sway.rate + 0.5 * time * time * sway.bend);
}

Vec2d VehicleMover::target_point(const Body& self, double ahead) const {
  const double time = std::abs(ahead) / std::max(self.speed_mps, 1.0);
  const double offset = offset_in(time) + wobble_m(self.speed_mps, std::abs(ahead));
  const Vec2d keep(self.track->point(self.s_m + ahead, offset));
  if (!change_) return keep;
  const double share = quintic((change_->elapsed_s + time) / change_->duration_s);
  const TrackPoint there = change_->to->project(Vec2d(self.position));
  return (1 - share) * keep + share * Vec2d(change_->to->point(there.s_m + ahead, offset));
}

// A car answers the wheel a third of a second late: fast ones look farther ahead, or they would
// weave.
double VehicleMover::ahead_m(double speed) const {
  constexpr double kFarSighted_s = 0.9;
  return parameters_.chassis ? std::max(look_ahead_m(speed), kFarSighted_s * speed)
                             : look_ahead_m(speed);
}

double VehicleMover::wanted_steer(const Body& self) const {
  const double ahead = ahead_m(self.speed_mps);
  const double slip = self.speed_mps > 1 ? std::atan2(self.slip_mps, self.speed_mps) : 0;
  const double course = self.yaw_rad + slip + (self.backwards ? glm::pi<double>() : 0);
  const Vec2d to = target_point(self, self.backwards ? -ahead : ahead) - Vec2d(self.position);
  const double l = std::max(glm::length(to), 0.1);
  const double alpha = math::wrap_angle(std::atan2(to.y, to.x) - course);
  // Neither drivers nor stability control ask more of the tyres than they can give.
  constexpr double kShareOfGrip = 0.85;
  const double v = std::max(self.speed_mps, 3.0);
  const double tightest = kShareOfGrip * friction_ * kGravity_mps2 / (v * v);
  const double curvature = std::clamp(2 * std::sin(alpha) / l, -tightest, tightest);
  const double wheelbase = parameters_.steering.wheelbase_m;
  if (self.backwards) return -std::atan(wheelbase * curvature);
  if (!parameters_.chassis) return std::atan(wheelbase * curvature);
  // What the yaw rate lacks is steered on top, which takes the lag out of the answer.
  constexpr double kYawGain_s = 0.12;
  const double lacks =
      self.speed_mps > kDynamicAbove_mps ? self.speed_mps * curvature - self.yaw_rate_rps : 0;
  return steady_steer_rad(*parameters_.chassis, curvature, self.speed_mps, friction_) +
         kYawGain_s * lacks;
}

void VehicleMover::move(const SpeedStep& moved, double dt, Body& self) {
  const SteeringParameters& steering = parameters_.steering;
  if (moved.distance_m <= 0) {
    self.yaw_rate_rps = 0;
    self.slip_mps = 0;
    return;
  }
  const double wanted = mode_ == Mode::kFall ? 0 : wanted_steer(self);
  self.steer_rad = turn_wheel(steering, self.steer_rad, wanted, dt);
  const double way = self.backwards ? -moved.distance_m : moved.distance_m;
  const PlanarPose from{Vec2d(self.position), self.yaw_rad};
  PlanarPose next;
  if (parameters_.chassis && !self.backwards) {
    const ChassisInput input{moved.distance_m / dt, moved.distance_m, self.acceleration_mps2,
                             self.steer_rad, friction_};
    const ChassisMotion motion =
        drive(*parameters_.chassis, {from, self.slip_mps, self.yaw_rate_rps}, input, dt);
    next = motion.at;
    self.slip_mps = motion.slip_mps;
    self.yaw_rate_rps = motion.yaw_rate_rps;
  } else {
    next = drive_arc(from, self.steer_rad, steering.wheelbase_m, way);
    self.slip_mps = 0;
    self.yaw_rate_rps = (next.yaw_rad - from.yaw_rad) / dt;
  }
  self.position = math::Vec3d(next.position, self.position.z);
  self.yaw_rad = math::wrap_angle(next.yaw_rad);
  self.rolled_m += way;
}

void VehicleMover::settle_way(const Bodies& bodies, double dt, Body& self) {
  const bool moves = self.speed_mps > 0.1;
  if (moves) plan_elapsed_s_ += dt;
  if (change_) {
    if (moves) change_->elapsed_s += dt;
    if (change_->elapsed_s >= change_->duration_s) {
      self.track = change_->to;
      self.s_m = self.track->project(Vec2d(self.position)).s_m;
      change_.reset();
    }
  }
  if (overtaking_) settle_overtaking(bodies, self);
}

void VehicleMover::settle_overtaking(const Bodies& bodies, Body& self) {
  if (overtaking_->returning) {
    if (plan_elapsed_s_ < plan_.duration_s()) return;
    drive_.speed_mps = overtaking_->speed_after_mps;
    overtaking_.reset();
    return;
  }
  for (const Body& other : bodies) {
    if (other.name != overtaking_->past) continue;
    const double rear = front_s_m(self) - self.footprint.length_m();
    if (rear - shadow_on_line_of(self, other).front_m < overtaking_->gap_m) return;
  }
  overtaking_->returning = true;
  const double now = plan_.at(plan_elapsed_s_);
  plan_ = OffsetPlan(now);
  plan_.move_to(overtaking_->back_to_m, overtaking_->within_s);
  plan_elapsed_s_ = 0;
}

}  // namespace oddroad::sim
