#include "engine/sim/vehicle_mover.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/friction.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kDefaultBraking_mps2 = 3.0;
constexpr double kDefaultEffort_mps2 = 1.5;
constexpr double kSideMargin_m = 0.15;  // beside the body that a driver keeps free
constexpr double kForesight_s = 1.0;    // how far a driver extrapolates who walks into the lane
constexpr double kSight_m = 150;

// The smallest sideways distance of b's centre from our middle within the driver's foresight.
double foreseen_lateral(const Shadow& shadow, const Body& b, double own_lateral) {
  const double now = shadow.lateral_m - own_lateral;
  const Vec2d left(-std::sin(shadow.heading_rad), std::cos(shadow.heading_rad));
  const double later = now + kForesight_s * glm::dot(Vec2d(b.velocity_mps), left);
  if ((now > 0) != (later > 0)) return 0;
  return std::min(std::abs(now), std::abs(later));
}

}  // namespace

VehicleParameters car_parameters(double wheelbase_m, double max_steer_rad, double friction) {
  VehicleParameters p;
  p.steering = {wheelbase_m, max_steer_rad > 0 ? max_steer_rad : 0.55, 0.4};
  p.friction = friction;
  return p;
}

VehicleParameters bicycle_parameters(double wheelbase_m, double friction) {
  VehicleParameters p;
  p.steering = {wheelbase_m, 0.7, 1.5};
  p.idm = {1.0, 0.5, 1.2, 3.0};
  p.max_acceleration_mps2 = 1.2;
  p.friction = friction;
  p.leans = true;
  return p;
}

VehicleMover::VehicleMover(const VehicleParameters& parameters, const scenario::Drive& drive,
                           double lateral_offset_m, NeighbourTrack neighbour)
    : parameters_(parameters),
      drive_(drive),
      offset_m_(lateral_offset_m),
      neighbour_(std::move(neighbour)) {}

std::string VehicleMover::cannot(const scenario::Action& action) const {
  if (action.verb == "go" || action.verb == "stop") return {};
  if (action.verb == "change_lane") {
    if (action.target_lane == "left" || action.target_lane == "right") return {};
    return "change_lane goes to 'left' or 'right', not '" + action.target_lane + "'";
  }
  return "a vehicle cannot '" + action.verb + "'";
}

std::string VehicleMover::start(const scenario::Action& action, const Bodies&, Body& self) {
  if (action.verb == "change_lane") {
    auto to = neighbour_(self, action.target_lane);
    if (!to) return "no lane to the " + action.target_lane + ", stays";
    const double across = to->project(Vec2d(self.position)).lateral_m;
    const double most = 0.3 * parameters_.friction * kGravity_mps2;
    const double wanted = action.duration_s.value_or(4.0);
    change_ = LaneChange{std::move(to), 0, quintic_time_s(across, most, wanted)};
    return {};
  }
  if (action.verb == "stop") {
    mode_ = Mode::kStop;
    standing_ = false;
    effort_mps2_ = std::abs(action.accel_mps2.value_or(kDefaultBraking_mps2));
    remaining_s_ = action.duration_s.value_or(0);
  } else {
    mode_ = Mode::kGo;
    goal_mps_ = action.speed_mps.value_or(drive_.speed_mps);
    effort_mps2_ = std::abs(action.accel_mps2.value_or(kDefaultEffort_mps2));
  }
  return {};
}

bool VehicleMover::finished() const {
  const bool stopped = mode_ == Mode::kStop && standing_ && remaining_s_ <= 0;
  return !change_ && (mode_ == Mode::kCruise || stopped);
}

Leader VehicleMover::leader(const Track& track, double s, double lateral, const Bodies& bodies,
                            const Body& self) const {
  Leader best;
  const double front = s + self.footprint.front_m;
  for (const Body& other : bodies) {
    if (other.name == self.name) continue;
    const Vec2d between(other.position - self.position);
    if (glm::length(between) > kSight_m) continue;
    const Shadow shadow = shadow_on_track(track, s + glm::dot(between, self.forward()), other);
    if (shadow.front_m < front) continue;  // beside or behind
    const double room = shadow.half_width_m + 0.5 * self.footprint.width_m() + kSideMargin_m;
    const double aside = other.kind == BodyKind::kPerson ? foreseen_lateral(shadow, other, lateral)
                                                         : std::abs(shadow.lateral_m - lateral);
    if (aside > room) continue;
    const double gap = std::max(0.0, shadow.rear_m - front);
    if (gap >= best.gap_m) continue;
    const Vec2d along(std::cos(shadow.heading_rad), std::sin(shadow.heading_rad));
    best = {gap, std::max(0.0, glm::dot(Vec2d(other.velocity_mps), along))};
  }
  return best;
}

double VehicleMover::reaction(const Bodies& bodies, const Body& self) const {
  const double v = self.speed_mps;
  const auto follow = [&](const Track& track, double s, double lateral) {
    return idm_acceleration(parameters_.idm, v, std::max(drive_.speed_mps, 0.1),
                            leader(track, s, lateral, bodies, self));
  };
  double a = follow(*self.track, self.s_m, self.lateral_m);
  if (change_) {
    const TrackPoint there = change_->to->project(Vec2d(self.position));
    a = std::min(a, follow(*change_->to, there.s_m, offset_m_));
  }
  return a;
}

double VehicleMover::acceleration(const Bodies& bodies, const Body& self) const {
  const double v = self.speed_mps;
  double a = 0;
  switch (mode_) {
    case Mode::kStop:
      a = -effort_mps2_;
      break;
    case Mode::kGo:
      a = v < goal_mps_ ? effort_mps2_ : (v > goal_mps_ ? -effort_mps2_ : 0);
      break;
    case Mode::kCruise:
      if (drive_.model != "constant") {
        a = idm_acceleration(parameters_.idm, v, drive_.speed_mps, Leader{});
      }
      break;
  }
  if (drive_.react && drive_.model != "constant") a = std::min(a, reaction(bodies, self));
  // Where the map ends everybody stops.
  const double room = self.track->end_m() - front_s_m(self) - 1.0;
  const double needed = v * v / (2 * std::max(room, 0.1));
  if (v > 0 && needed > parameters_.idm.comfortable_braking_mps2) a = std::min(a, -needed);
  const double grip = parameters_.friction * kGravity_mps2;
  return std::clamp(a, -grip,
                    std::min(grip, std::max(parameters_.max_acceleration_mps2,
                                            mode_ == Mode::kGo ? effort_mps2_ : 0.0)));
}

Vec2d VehicleMover::target_point(const Body& self) const {
  const double ahead = look_ahead_m(self.speed_mps);
  const Vec2d keep(self.track->point(self.s_m + ahead, offset_m_));
  if (!change_) return keep;
  const double then = change_->elapsed_s + ahead / std::max(self.speed_mps, 1.0);
  const double share = quintic(then / change_->duration_s);
  const TrackPoint there = change_->to->project(Vec2d(self.position));
  return (1 - share) * keep + share * Vec2d(change_->to->point(there.s_m + ahead, offset_m_));
}

void VehicleMover::settle_mode(double dt, const Body& self) {
  if (mode_ == Mode::kGo && self.speed_mps == goal_mps_) {
    drive_.speed_mps = goal_mps_;
    mode_ = Mode::kCruise;
  } else if (mode_ == Mode::kStop) {
    if (standing_) remaining_s_ -= dt;
    standing_ = self.speed_mps == 0;
  }
}

void VehicleMover::settle_lane_change(double dt, Body& self) {
  if (!change_) return;
  change_->elapsed_s += dt * (self.speed_mps > 0.1 ? 1 : 0);
  if (change_->elapsed_s < change_->duration_s) return;
  self.track = change_->to;
  self.s_m = self.track->project(Vec2d(self.position)).s_m;
  change_.reset();
}

void VehicleMover::step(const Bodies& bodies, double dt, Body& self) {
  const double a = acceleration(bodies, self);
  double limit = std::numeric_limits<double>::infinity();
  if (mode_ == Mode::kGo && a > 0) limit = goal_mps_;
  const double before = self.speed_mps;
  SpeedStep moved = advance(before, a, dt, limit);
  if (mode_ == Mode::kGo && a < 0 && before > goal_mps_ && moved.speed_mps < goal_mps_) {
    moved.speed_mps = goal_mps_;
    moved.distance_m = 0.5 * (before + goal_mps_) * dt;
  }
  self.acceleration_mps2 = (moved.speed_mps - before) / dt;
  self.speed_mps = moved.speed_mps;
  if (moved.distance_m > 0) {
    const SteeringParameters& steering = parameters_.steering;
    const double wanted =
        pure_pursuit_steer(steering, Vec2d(self.position), self.yaw_rad, target_point(self));
    self.steer_rad = turn_wheel(steering, self.steer_rad, wanted, dt);
    const PlanarPose next = drive_arc({Vec2d(self.position), self.yaw_rad}, self.steer_rad,
                                      steering.wheelbase_m, moved.distance_m);
    self.position = math::Vec3d(next.position, self.position.z);
    self.yaw_rad = math::wrap_angle(next.yaw_rad);
    self.rolled_m += moved.distance_m;
  }
  settle_mode(dt, self);
  settle_lane_change(dt, self);
  settle_on_track(self);
  const double curvature = std::tan(self.steer_rad) / parameters_.steering.wheelbase_m;
  self.yaw_rate_rps = self.speed_mps * curvature;
  self.velocity_mps = self.speed_mps * (self.pose.rotation * math::Vec3d(1, 0, 0));
  if (parameters_.leans) {
    const double lean = std::atan(self.speed_mps * self.speed_mps * curvature / kGravity_mps2);
    self.pose.rotation =
        self.pose.rotation * glm::angleAxis(-lean, math::Vec3d(1, 0, 0));  // left is negative roll
  }
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
