// How fast a vehicle wants to go, and how fast its tyres let it.
#include <algorithm>
#include <cmath>

#include "engine/sim/leader.h"
#include "engine/sim/relations.h"
#include "engine/sim/vehicle_mover.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kEarly = 1.4;  // 2 would be just in time

}  // namespace

double VehicleMover::reaction(const Bodies& bodies, const Body& self) const {
  const double v = self.speed_mps;
  const double wanted = std::max(std::min(drive_.speed_mps, bend_speed_mps_), 0.1);
  const auto follow = [&](const Track& track, double s, double lateral) {
    return idm_acceleration(parameters_.idm, v, wanted, leader_on(track, s, lateral, bodies, self));
  };
  double a = follow(*self.track, self.s_m, self.lateral_m);
  const double soon = offset_in(1.0);
  if (std::abs(soon - self.lateral_m) > 0.3 && !change_) {
    a = std::min(a, follow(*self.track, self.s_m, soon));
  }
  if (change_) {
    const TrackPoint there = change_->to->project(Vec2d(self.position));
    a = std::min(a, follow(*change_->to, there.s_m, plan_.end_m()));
  }
  return a;
}

// A spring and a damper between the two: settles within some ten seconds without overshooting.
double VehicleMover::keep_distance(const Bodies& bodies, const Body& self) const {
  constexpr double kSpring_1ps2 = 0.12;
  constexpr double kDamper_1ps = 0.7;
  for (const Body& other : bodies) {
    if (other.name != kept_) continue;
    const double wanted = keep_gap_m_ + keep_headway_s_ * self.speed_mps;
    const double off = gap_ahead_m(self, other) - wanted;
    const double a = kSpring_1ps2 * off - kDamper_1ps * relative_speed_mps(self, other);
    return std::clamp(a, -4.0, parameters_.max_acceleration_mps2);
  }
  return 0;
}

double VehicleMover::bend_speed_mps(const Body& self) const {
  constexpr double kStep_m = 2;
  const double b = parameters_.idm.comfortable_braking_mps2;
  const double sight = 8 + self.speed_mps * self.speed_mps / (2 * b);
  double most = kInfinity;
  for (double d = 0; d < std::min(sight, 150.0); d += kStep_m) {
    const double bend = std::abs(self.track->curvature(self.s_m + d));
    if (bend > 1e-4)
      most = std::min(most, std::sqrt(parameters_.bend_accel_mps2 / bend + 2 * b * d));
  }
  return most;
}

double VehicleMover::wanted_acceleration(const Bodies& bodies, const Body& self) const {
  const double v = self.speed_mps;
  const bool wants_back = mode_ == Mode::kReverse;
  if (wants_back != self.backwards && v > 0) return -kGravity_mps2 * 0.2;  // first to a stand
  double a = 0;
  switch (mode_) {
    case Mode::kStop:
      return -effort_mps2_;
    case Mode::kBrake:
      a = v > goal_mps_ ? -effort_mps2_ : 0;
      break;
    case Mode::kReverse:
    case Mode::kGo:
      a = v < goal_mps_ ? effort_mps2_ : (v > goal_mps_ ? -effort_mps2_ : 0);
      break;
    case Mode::kKeep:
      return keep_distance(bodies, self);
    case Mode::kFall:
      return -effort_mps2_;
    case Mode::kMeet:
    case Mode::kSpin:
      break;  // have steps of their own
    case Mode::kCruise:
      if (drive_.model != "constant") {
        a = idm_acceleration(parameters_.idm, v, std::min(drive_.speed_mps, bend_speed_mps_),
                             Leader{});
      }
      break;
  }
  if (wants_back) {
    const bool ends = remaining_m_ >= 0 && v * v / 2.0 >= remaining_m_;
    return ends ? -v * v / (2 * std::max(remaining_m_, 0.02)) : a;
  }
  if (drive_.react && drive_.model != "constant") {
    a = std::min({a, reaction(bodies, self), self.rules_mps2});
  }
  // Where the map ends everybody stops.
  const double room = self.track->end_m() - front_s_m(self) - 1.0;
  const double needed = v * v / (2 * std::max(room, 0.1));
  if (v > 0 && needed > parameters_.idm.comfortable_braking_mps2) a = std::min(a, -needed);
  return a;
}

// The friction circle: what bends the path is not there for braking, but never less than a third.
double VehicleMover::within_grip(double wanted, const Body& self) const {
  const double slope = (self.backwards ? -1 : 1) * self.track->slope(self.s_m);
  const double gravity = kGravity_mps2 * slope / std::hypot(1.0, slope);  // slows down uphill
  const double circle = friction_ * kGravity_mps2 / std::hypot(1.0, slope);
  const double v = self.speed_mps;
  const double steered = v * v * std::tan(self.steer_rad) / parameters_.steering.wheelbase_m;
  const double sideways = std::max(std::abs(v * self.yaw_rate_rps), std::abs(steered));
  const double along =
      std::sqrt(std::max(circle * circle - sideways * sideways, 0.11 * circle * circle));
  const double engine =
      std::max(parameters_.max_acceleration_mps2, mode_ == Mode::kGo ? effort_mps2_ : 0.0);
  return std::clamp(wanted, -along - gravity, std::min(along - gravity, engine));
}

// The speed at which the present task ends.
double VehicleMover::end_speed_mps() const {
  return mode_ == Mode::kGo || mode_ == Mode::kBrake || mode_ == Mode::kReverse ? goal_mps_ : 0;
}

// Brake and throttle build up, and ease off before the speed that was wanted is reached: a little
// earlier than they could, or the last steps could not follow and the end would be a jolt.
double VehicleMover::eased(double wanted, double dt, const Body& self) const {
  const double j = parameters_.max_jerk_mps3;
  if (!std::isfinite(j) || mode_ == Mode::kFall) return wanted;
  if (mode_ != Mode::kCruise && mode_ != Mode::kKeep) {
    const bool ends = mode_ == Mode::kReverse && wanted < 0;
    const double left = std::abs(self.speed_mps - (ends ? 0 : end_speed_mps()));
    const double most = std::sqrt(kEarly * j * left);
    wanted = std::clamp(wanted, -most, most);
  }
  // Nor does anybody stop with a jolt.
  if (wanted < 0 && mode_ == Mode::kCruise) {
    wanted = std::max(wanted, -std::sqrt(kEarly * j * self.speed_mps));
  }
  return pedals_mps2_ + std::clamp(wanted - pedals_mps2_, -j * dt, j * dt);
}

// Exactly as planned, or it would not be there in time.
SpeedStep VehicleMover::ride_to_meeting(double dt, Body& self) const {
  const double before = self.speed_mps;
  const SpeedStep moved = advance(before, before < goal_mps_ ? effort_mps2_ : 0, dt, goal_mps_);
  self.acceleration_mps2 = (moved.speed_mps - before) / dt;
  self.speed_mps = moved.speed_mps;
  return moved;
}

SpeedStep VehicleMover::change_speed(const Bodies& bodies, double dt, Body& self) {
  if (mode_ == Mode::kMeet) return ride_to_meeting(dt, self);
  if (parameters_.bend_accel_mps2 > 0 && drive_.model != "constant" && steps_to_look_-- <= 0) {
    bend_speed_mps_ = bend_speed_mps(self);
    steps_to_look_ = 9;
  }
  const bool wants_back = mode_ == Mode::kReverse;
  if (wants_back != self.backwards && self.speed_mps == 0) self.backwards = wants_back;
  const double wanted = wanted_acceleration(bodies, self);
  pedals_mps2_ = within_grip(eased(wanted, dt, self), self);
  const double a = pedals_mps2_;
  const bool to_goal = mode_ == Mode::kGo || mode_ == Mode::kReverse;
  const double before = self.speed_mps;
  SpeedStep moved = advance(before, a, dt, to_goal && a > 0 ? goal_mps_ : kInfinity);
  const bool slows = mode_ == Mode::kGo || mode_ == Mode::kBrake;
  if (slows && a < 0 && before > goal_mps_ && moved.speed_mps < goal_mps_ && wanted < 0) {
    moved = {goal_mps_, 0.5 * (before + goal_mps_) * dt};
  }
  self.acceleration_mps2 = (moved.speed_mps - before) / dt;
  self.speed_mps = moved.speed_mps;
  if (self.speed_mps == 0 || (to_goal && self.speed_mps == goal_mps_)) pedals_mps2_ = 0;
  return moved;
}

void VehicleMover::settle_mode(double dt, Body& self) {
  if (mode_ == Mode::kGo && self.speed_mps == goal_mps_ && !self.backwards) {
    drive_.speed_mps = goal_mps_;
    mode_ = Mode::kCruise;
  } else if (mode_ == Mode::kBrake) {
    remaining_s_ -= dt;
    if (remaining_s_ > 0 && self.speed_mps > goal_mps_) return;
    drive_.speed_mps = self.speed_mps;
    mode_ = Mode::kCruise;
  } else if (is_lost()) {
    standing_ = self.speed_mps == 0;
  } else if (mode_ == Mode::kStop) {
    if (standing_) remaining_s_ -= dt;
    standing_ = self.speed_mps == 0;
  } else if (mode_ == Mode::kReverse && self.backwards && remaining_m_ >= 0) {
    remaining_m_ -= self.speed_mps * dt;
    if (remaining_m_ > 0.02 && self.speed_mps > 0) return;
    if (remaining_m_ > 0.05) return;
    mode_ = Mode::kStop;
    effort_mps2_ = 2;
    remaining_s_ = 0;
  }
}

}  // namespace oddroad::sim
