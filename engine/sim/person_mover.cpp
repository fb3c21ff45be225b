#include "engine/sim/person_mover.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "engine/asset/person.h"
#include "engine/core/check.h"
#include "engine/sim/crowd.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/pace.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kRelaxation_s = 0.5;  // how fast a walker takes up the wanted speed

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

PersonMover::PersonMover(const Ground& ground, double end_of_crossing_m, const PersonTraits& traits)
    : ground_(ground), end_of_crossing_m_(end_of_crossing_m), traits_(traits) {}

bool PersonMover::finished() const {
  return (!moving_ || arrived_) && remaining_s_ <= 0 && !then_;
}

void PersonMover::follow_way(const Body& self) {
  constexpr double kThere_m = 0.12;
  const Vec2d here(self.position);
  while (!way_.empty()) {
    const Vec2d to = way_.back() - here;
    const double d = glm::length(to);
    // There, or past the line through the point: nobody circles round a spot.
    const bool past = d < 1.0 && glm::dot(to, direction_) < 0;
    if (d > kThere_m && !past) {
      direction_ = to / d;
      return;
    }
    way_.pop_back();
    if (way_.empty()) arrived_ = true;
  }
}

// Way left until it must stand.
double PersonMover::room_m(const Body& self) const {
  if (crossing_) return end_of_crossing_m_ - along_m_;
  if (way_.size() == 1) return glm::length(way_.front() - Vec2d(self.position));
  return std::numeric_limits<double>::infinity();
}

double PersonMover::acceleration(double room) const {
  if (!moving_ || arrived_) return speed_mps_ > 0 ? -braking_mps2_ : 0;
  if (speed_mps_ * speed_mps_ / (2 * braking_mps2_) >= room) return -braking_mps2_;
  if (speed_mps_ > goal_mps_) return -braking_mps2_;
  if (speed_mps_ == goal_mps_) return 0;
  const double approach = (goal_mps_ - speed_mps_) / kRelaxation_s;
  // The last centimetres per second at once, or it would never be there.
  return eager_ ? accel_mps2_ : std::clamp(approach, 0.05, accel_mps2_);
}

// Others add a velocity of their own, which fades as the walker takes up its way again.
void PersonMover::make_way(const Bodies& bodies, double dt, const Body& self) {
  if (!heeds_others_ || !moving_ || arrived_) {
    aside_mps_ = Vec2d(0);
    return;
  }
  const Vec2d push = social_acceleration(self, bodies, direction_);
  if (push == Vec2d(0) && aside_mps_ == Vec2d(0)) return;
  aside_mps_ += dt * (push - aside_mps_ / kRelaxation_s);
  const double most = 1.3 * std::max(goal_mps_, 0.5);
  const Vec2d whole = speed_mps_ * direction_ + aside_mps_;
  const double size = glm::length(whole);
  if (size > most) aside_mps_ = most / size * whole - speed_mps_ * direction_;
  if (glm::length(aside_mps_) < 1e-4 && push == Vec2d(0)) aside_mps_ = Vec2d(0);
}

void PersonMover::turn(double dt, Body& self) const {
  const Vec2d heading = speed_mps_ * direction_ + aside_mps_;
  if (!moving_ || (aside_mps_ != Vec2d(0) && glm::length(heading) < 0.2)) {
    self.yaw_rate_rps = 0;
    return;
  }
  const Vec2d to = aside_mps_ == Vec2d(0) ? direction_ : heading;
  const double most = kTurnRate_rps * dt;
  const double by =
      std::clamp(math::wrap_angle(std::atan2(to.y, to.x) - self.yaw_rad), -most, most);
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
  gait.speed_mps = self.speed_mps;
  gait.travelled_m += distance;
  self.rolled_m += distance;  // wheels of what is pushed or sat in
  gait.phase_offset = traits_.phase_offset;
  if (!self.phase_per_metre) return;  // rolls
  const asset::GaitWeights natural = asset::natural_gait(self.height_m, self.speed_mps);
  const bool upright = gait.rest_weight == 0;
  // Weights change within a quarter of a second, so that no limb jumps.
  gait.walk_weight = move_towards(gait.walk_weight, upright ? natural.walk : 0, 4 * dt);
  gait.run_weight = move_towards(gait.run_weight, upright ? natural.run : 0, 4 * dt);
  if (distance > 0) {
    const double phase = gait.phase + distance * self.phase_per_metre(self.speed_mps);
    gait.phase = phase - std::floor(phase);
  }
  using Mode = asset::Articulation::Mode;
  gait.mode =
      gait.walk_weight <= 0 ? Mode::kStand : (gait.run_weight > 0.5 ? Mode::kRun : Mode::kWalk);
}

void PersonMover::step(const Bodies& bodies, double dt, Body& self) {
  if (!home_) home_ = Vec2d(self.position);
  if (remaining_s_ >= 0) {
    remaining_s_ -= dt;
    if (remaining_s_ <= 1e-9) {
      remaining_s_ = -1;
      moving_ = false;
    }
  }
  const bool turns = turn_back_at_ >= 0 && along_m_ >= turn_back_at_ * end_of_crossing_m_;
  if (turns && speed_mps_ == 0) go_back(self);
  if (moving_ && !crossing_) follow_way(self);
  if (then_ && arrived_) {
    const scenario::Action next = *std::exchange(then_, std::nullopt);
    start(next, bodies, self);
  }
  const double before = speed_mps_;
  const double room = room_m(self);
  if (crossing_ && moving_ && room <= 0.02) arrived_ = true;
  const double a = turns && crossing_ ? std::min(-braking_mps2_, 0.0) : acceleration(room);
  const double limit = a > 0 ? goal_mps_ : std::numeric_limits<double>::infinity();
  const SpeedStep moved = advance(before, before == 0 && a < 0 ? 0 : a, dt, limit);
  if (crossing_ && moving_ && !turns && moved.speed_mps == 0 && along_m_ > 0.5) arrived_ = true;
  speed_mps_ = moved.speed_mps;
  make_way(bodies, dt, self);
  const Vec2d by = moved.distance_m * direction_ + dt * aside_mps_;
  along_m_ += glm::dot(by, direction_);
  self.acceleration_mps2 = (moved.speed_mps - before) / dt;
  const math::Vec3d from = self.position;
  self.position += math::Vec3d(by, 0);
  follow_ground(dt, self);
  const bool strays = aside_mps_ != Vec2d(0);
  self.speed_mps = strays ? glm::length(by) / dt : speed_mps_;
  turn(dt, self);
  const Vec2d flat = speed_mps_ * direction_ + aside_mps_;
  self.velocity_mps =
      self.speed_mps > 0 ? math::Vec3d(flat, (self.position.z - from.z) / dt) : math::Vec3d(0);
  if (crossing_) {
    self.crossed =
        self.crossed || along_m_ - self.outline().reach(direction_) > self.crossing->lane_reach_m;
  }
  update_gait(strays ? glm::length(by) : moved.distance_m, dt, self);
  update_rest(dt, self);
  update_look(bodies, dt, self);
  self.pose = {math::from_yaw_pitch_roll(self.yaw_rad), self.position};
}

}  // namespace oddroad::sim
