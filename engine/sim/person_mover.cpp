#include "engine/sim/person_mover.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/asset/person.h"
#include "engine/core/check.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

double move_towards(double value, double goal, double most) {
  return value + std::clamp(goal - value, -most, most);
}

}  // namespace

double person_speed_mps(const scenario::Action& action, double height_m) {
  if (action.speed_mps) return *action.speed_mps;
  // A mean adult of 1.75 m walks at 1.34 m/s; speed goes with the root of leg length (equal Froude
  // number). Running: twice that and a little.
  const double walk = 1.34 * std::sqrt(height_m / 1.75);
  return action.verb == "run" ? 2.2 * walk : walk;
}

double person_accel_mps2(const scenario::Action& action) {
  return action.accel_mps2.value_or(action.verb == "run" ? 3.0 : 1.5);
}

Crossing make_crossing(const Vec2d& from, const Body& whom, std::size_t index) {
  ODDROAD_CHECK(whom.track != nullptr);
  const double hint = whom.s_m + glm::dot(from - Vec2d(whom.position), whom.forward());
  const TrackPoint here = whom.track->project(from, hint);
  const TrackStation lane = whom.track->at(here.s_m);
  const Vec2d left(-std::sin(lane.heading_rad), std::cos(lane.heading_rad));
  Crossing out;
  out.whom = index;
  out.from = from;
  out.direction = here.lateral_m > 0 ? -left : left;
  out.conflict_s_m = here.s_m;
  out.lane_reach_m = std::abs(here.lateral_m) + 0.5 * lane.lane_width_m;
  return out;
}

double aimed_lateral_m(const Body& whom, double aim, int side) {
  const double width = whom.footprint.width_m();
  return side > 0 ? whom.lateral_m + whom.footprint.left_m - aim * width
                  : whom.lateral_m - whom.footprint.right_m + aim * width;
}

PersonMover::PersonMover(const Ground& ground, double end_of_crossing_m, double phase_offset)
    : ground_(ground), end_of_crossing_m_(end_of_crossing_m), phase_offset_(phase_offset) {}

std::string PersonMover::cannot(const scenario::Action& action) const {
  for (const char* verb : {"walk", "run", "go", "stop"}) {
    if (action.verb == verb) return {};
  }
  return "a person cannot '" + action.verb + "'";
}

std::string PersonMover::start(const scenario::Action& action, const Bodies& bodies, Body& self) {
  remaining_s_ = action.duration_s.value_or(-1);
  along_m_ = 0;
  if (action.verb == "stop") {
    braking_mps2_ = std::abs(action.accel_mps2.value_or(3.0));
    moving_ = false;
    return {};
  }
  moving_ = true;
  arrived_ = false;
  goal_mps_ = person_speed_mps(action, self.height_m);
  accel_mps2_ = std::abs(person_accel_mps2(action));
  crossing_ = !action.across.empty();
  if (crossing_) return start_crossing(action, bodies, self);
  direction_ = self.forward();
  return {};
}

std::string PersonMover::start_crossing(const scenario::Action& action, const Bodies& bodies,
                                        Body& self) {
  ODDROAD_CHECK(self.crossing.has_value());
  direction_ = self.crossing->direction;
  // After a walk along the pavement the line starts where the person is now.
  const Body& whom = bodies[self.crossing->whom];
  if (glm::length(Vec2d(self.position) - self.crossing->from) > 1e-6) {
    const double end = end_of_crossing_m_ - self.crossing->lane_reach_m;
    self.crossing = make_crossing(Vec2d(self.position), whom, self.crossing->whom);
    end_of_crossing_m_ = end + self.crossing->lane_reach_m;
    direction_ = self.crossing->direction;
  }
  if (!action.aim) return {};
  const double time = path_ttc_s(whom, self);
  if (!std::isfinite(time) || time <= 0) return "no meeting: the other stands or has passed";
  const double own =
      whom.track->project(Vec2d(self.position), self.crossing->conflict_s_m).lateral_m;
  const double way = std::abs(own - aimed_lateral_m(whom, *action.aim, own > 0 ? 1 : -1));
  const double a = acceleration_to_cover(way, time, goal_mps_, accel_mps2_);
  if (a > 0) {
    accel_mps2_ = a;
    return {};
  }
  char text[80];
  std::snprintf(text, sizeof text, "late: %.2f m short of the aimed point when the other is there",
                way - distance_from_rest(accel_mps2_, goal_mps_, time));
  return text;
}

void PersonMover::turn(double dt, Body& self) const {
  if (!moving_) {
    self.yaw_rate_rps = 0;
    return;
  }
  const double wanted = std::atan2(direction_.y, direction_.x);
  const double most = kTurnRate_rps * dt;
  const double by = std::clamp(math::wrap_angle(wanted - self.yaw_rad), -most, most);
  self.yaw_rad = math::wrap_angle(self.yaw_rad + by);
  self.yaw_rate_rps = by / dt;
}

void PersonMover::follow_ground(double dt, Body& self) {
  // A kerb is stepped over, not rolled over: the body's height eases towards the surface.
  constexpr double kEase_s = 0.06;
  const double z = ground_.height(self.position).value_or(self.position.z);
  self.position.z += (z - self.position.z) * (1 - std::exp(-dt / kEase_s));
}

void PersonMover::update_gait(double distance, double dt, Body& self) const {
  asset::Articulation& gait = self.articulation;
  const asset::GaitWeights natural = asset::natural_gait(self.height_m, self.speed_mps);
  // Weights change within a quarter of a second, so that no limb jumps.
  gait.walk_weight = move_towards(gait.walk_weight, natural.walk, 4 * dt);
  gait.run_weight = move_towards(gait.run_weight, natural.run, 4 * dt);
  gait.speed_mps = self.speed_mps;
  gait.travelled_m += distance;
  gait.phase_offset = phase_offset_;
  if (self.phase_per_metre && distance > 0) {
    const double phase = gait.phase + distance * self.phase_per_metre(self.speed_mps);
    gait.phase = phase - std::floor(phase);
  }
  using Mode = asset::Articulation::Mode;
  gait.mode =
      gait.walk_weight <= 0 ? Mode::kStand : (gait.run_weight > 0.5 ? Mode::kRun : Mode::kWalk);
}

void PersonMover::step(const Bodies&, double dt, Body& self) {
  if (remaining_s_ >= 0 && moving_) {
    remaining_s_ -= dt;
    if (remaining_s_ <= 1e-9) moving_ = false;
  }
  const double before = self.speed_mps;
  double a = moving_ && !arrived_ ? (before < goal_mps_ ? accel_mps2_ : 0) : -braking_mps2_;
  if (before > goal_mps_ && moving_) a = -braking_mps2_;
  if (crossing_ && moving_) {
    const double room = end_of_crossing_m_ - along_m_;
    if (before * before / (2 * braking_mps2_) >= room) a = -braking_mps2_;
    if (room <= 0.02) arrived_ = true;
  }
  if (before == 0 && a < 0) a = 0;
  const double limit = a > 0 ? goal_mps_ : std::numeric_limits<double>::infinity();
  const SpeedStep moved = advance(before, a, dt, limit);
  if (crossing_ && moving_ && moved.speed_mps == 0 && along_m_ > 0.5) arrived_ = true;
  along_m_ += moved.distance_m;
  self.speed_mps = moved.speed_mps;
  self.acceleration_mps2 = (moved.speed_mps - before) / dt;
  const math::Vec3d from = self.position;
  self.position += math::Vec3d(moved.distance_m * direction_, 0);
  follow_ground(dt, self);
  turn(dt, self);
  self.velocity_mps = moved.speed_mps > 0 ? math::Vec3d(moved.speed_mps * direction_,
                                                        (self.position.z - from.z) / dt)
                                          : math::Vec3d(0);
  if (crossing_) {
    self.crossed =
        self.crossed || along_m_ - self.outline().reach(direction_) > self.crossing->lane_reach_m;
  }
  update_gait(moved.distance_m, dt, self);
  self.pose = {math::from_yaw_pitch_roll(self.yaw_rad), self.position};
}

}  // namespace oddroad::sim
