#include "engine/sim/animal_mover.h"

#include <algorithm>
#include <cmath>

#include "engine/scenario/doers.h"
#include "engine/sim/crowd.h"
#include "engine/sim/person_mover.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

const Body* find(const Bodies& bodies, const std::string& name) {
  const auto found = std::find_if(bodies.begin(), bodies.end(), [&](const Body& b) {
    return b.name == name;
  });
  return name.empty() || found == bodies.end() ? nullptr : &*found;
}

double move_towards(double value, double goal, double most) {
  return value + std::clamp(goal - value, -most, most);
}

Vec2d rotated(const Vec2d& v, double angle) {
  return {std::cos(angle) * v.x - std::sin(angle) * v.y,
          std::sin(angle) * v.x + std::cos(angle) * v.y};
}

}  // namespace

AnimalMover::AnimalMover(const AnimalKind& kind, const Ground& ground,
                         const core::RandomStream& draw, double along_rad, double end_of_crossing_m)
    : kind_(kind),
      ground_(ground),
      draw_(draw),
      along_rad_(along_rad),
      end_of_crossing_m_(end_of_crossing_m) {
  phase_offset_ = draw_.uniform();
}

std::string AnimalMover::cannot(const scenario::Action& action) const {
  return scenario::cannot_do(kind_.flies ? scenario::Doer::kBird : scenario::Doer::kAnimal,
                             action.verb);
}

std::string AnimalMover::start(const scenario::Action& action, const Bodies& bodies, Body& self) {
  if (!home_) home_ = Vec2d(self.position);
  const std::string& verb = action.verb;
  const bool flees = verb == "bolt" || verb == "take_off";
  const double by_itself =
      flees ? kind_.flight_mps : (verb == "run" ? kind_.trot_mps : kind_.walk_mps);
  goal_mps_ = action.speed_mps.value_or(by_itself);
  accel_mps2_ = action.accel_mps2.value_or(kind_.accel_mps2);
  remaining_s_ = action.duration_s.value_or(-1);
  along_m_ = 0;
  direction_ = rotated(self.forward(), action.number("toward", 0));
  way_.clear();
  if (verb == "stop" || verb == "wait") {
    task_ = Task::kStand;
  } else if (!action.across.empty() && self.crossing) {
    task_ = Task::kCross;
    direction_ = self.crossing->direction;
  } else if (verb == "roam") {
    task_ = Task::kRoam;
    roam_m_ = action.number("radius", 10);
  } else if (verb == "herd") {
    task_ = Task::kHerd;
    other_ = action.word("with");
    gap_m_ = action.number("gap", 1.5);
    goal_mps_ = action.speed_mps.value_or(kind_.flight_mps);
  } else if (verb == "take_off") {
    task_ = Task::kWatch;
    other_ = action.word("from", "ego");
    flee_ttc_s_ = action.number("ttc", std::numeric_limits<double>::infinity());
    climb_rad_ = action.number("climb", 0.45);
  } else {
    task_ = Task::kStraight;
    const Vec2d along(std::cos(along_rad_), std::sin(along_rad_));
    for (auto point = action.path.rbegin(); point != action.path.rend(); ++point) {
      way_.push_back(*home_ + point->along_m * along + point->left_m * Vec2d(-along.y, along.x));
      task_ = Task::kWay;
    }
    if (const Body* to = find(bodies, action.word("to"))) {
      way_.insert(way_.begin(), to->outline().centre);
      task_ = Task::kWay;
    }
  }
  return {};
}

AnimalMover::Wish AnimalMover::wish_on_way(const Body& self) {
  const double near = 0.3 + 0.5 * self.footprint.length_m();
  while (!way_.empty()) {
    const Vec2d to = way_.back() - Vec2d(self.position);
    const double d = glm::length(to);
    if (d > near) return {to / d, goal_mps_};
    way_.pop_back();
  }
  if (task_ != Task::kRoam) {
    task_ = Task::kStand;
    return {};
  }
  // The next spot within reach, anywhere about home.
  const double radius = roam_m_ * std::sqrt(draw_.uniform());
  const double angle = 2 * glm::pi<double>() * draw_.uniform();
  way_.push_back(*home_ + radius * Vec2d(std::cos(angle), std::sin(angle)));
  return {self.forward(), 0.6 * goal_mps_};
}

// Behind the one it goes with, as fast, and no nearer than the gap.
AnimalMover::Wish AnimalMover::wish_in_herd(const Bodies& bodies, const Body& self) const {
  const Body* other = find(bodies, other_);
  if (other == nullptr) return {};
  const Vec2d to(other->position - self.position);
  const double d = glm::length(to);
  const double apart = d - 0.5 * (self.footprint.length_m() + other->footprint.length_m());
  const double closing = std::clamp(0.8 * (apart - gap_m_), -2.0, 3.0);
  const double speed = std::clamp(other->speed_mps + closing, 0.0, goal_mps_);
  return {d > 1e-6 ? to / d : self.forward(), apart < gap_m_ && other->speed_mps < 0.1 ? 0 : speed};
}

AnimalMover::Wish AnimalMover::wish(const Bodies& bodies, const Body& self) {
  switch (task_) {
    case Task::kStand:
      return {};
    case Task::kStraight:
    case Task::kFly:
      return {direction_, goal_mps_};
    case Task::kWay:
    case Task::kRoam:
      return wish_on_way(self);
    case Task::kHerd:
      return wish_in_herd(bodies, self);
    case Task::kCross:
      if (along_m_ >= end_of_crossing_m_ + 3) task_ = Task::kStand;
      return {direction_, goal_mps_};
    case Task::kWatch: {
      const Body* other = find(bodies, other_);
      if (other != nullptr && ttc_s(*other, self) > flee_ttc_s_) return {};
      // Away from what comes, more to the side than ahead of it.
      if (other != nullptr) {
        const Vec2d ahead = other->forward();
        const Vec2d from(self.position - other->position);
        const double side = ahead.x * from.y - ahead.y * from.x > 0 ? 1 : -1;
        direction_ = rotated(ahead, side * (0.6 + 0.6 * draw_.uniform()));
      }
      task_ = Task::kFly;
      return {direction_, goal_mps_};
    }
  }
  return {};
}

// Dogs, cats and foxes change their minds every second or so.
void AnimalMover::stray(double dt) {
  if (!kind_.erratic || task_ == Task::kStand || task_ == Task::kHerd) {
    stray_to_rad_ = 0;
  } else if ((next_whim_s_ -= dt) <= 0) {
    next_whim_s_ = draw_.uniform(0.4, 1.6);
    stray_to_rad_ = std::clamp(0.45 * draw_.normal(), -1.2, 1.2);
  }
  stray_rad_ = move_towards(stray_rad_, stray_to_rad_, 2.5 * dt);
}

void AnimalMover::move(const Wish& wish, const Bodies& bodies, double dt, Body& self) {
  const bool aloft = task_ == Task::kFly;
  Vec2d heading = wish.speed_mps > 0 ? rotated(wish.direction, stray_rad_) : self.forward();
  if (!aloft && task_ != Task::kCross && wish.speed_mps > 0) {
    const Vec2d bent = heading + 0.25 * social_acceleration(self, bodies, heading);
    if (glm::length(bent) > 0.1) heading = glm::normalize(bent);
  }
  const double off = math::wrap_angle(std::atan2(heading.y, heading.x) - self.yaw_rad);
  // Sharp turns are taken slowly, and no faster than its feet hold.
  const double before = self.speed_mps;
  const double grip = 7.0 / std::max(before, 1.0);
  const double most = std::min(kind_.turn_rate_rps, grip) * dt;
  const double by = std::clamp(off, -most, most);
  const double share = std::abs(off) > 1.0 ? 0.35 : 1.0;
  const double wanted = wish.speed_mps * share;
  const double speed = before < wanted ? std::min(before + accel_mps2_ * dt, wanted)
                                       : std::max(before - 1.3 * kind_.accel_mps2 * dt, wanted);
  self.yaw_rad = math::wrap_angle(self.yaw_rad + by);
  self.yaw_rate_rps = by / dt;
  const double distance = 0.5 * (before + speed) * dt;
  const Vec2d step = distance * self.forward();
  along_m_ += glm::dot(step, direction_);
  const math::Vec3d from = self.position;
  self.position += math::Vec3d(step, 0);
  rise(dt, self);
  self.speed_mps = speed;
  self.acceleration_mps2 = (speed - before) / dt;
  self.velocity_mps = math::Vec3d(step / dt, (self.position.z - from.z) / dt);
  update_gait(distance, dt, self);
}

void AnimalMover::rise(double dt, Body& self) {
  if (task_ == Task::kFly) {
    self.position.z += self.speed_mps * std::tan(climb_rad_) * dt;
    return;
  }
  constexpr double kEase_s = 0.06;  // over kerbs
  const double z = ground_.height(self.position).value_or(self.position.z);
  self.position.z += (z - self.position.z) * (1 - std::exp(-dt / kEase_s));
}

void AnimalMover::update_gait(double distance, double dt, Body& self) const {
  asset::Articulation& gait = self.articulation;
  gait.speed_mps = self.speed_mps;
  gait.travelled_m += distance;
  gait.phase_offset = phase_offset_;
  if (!self.phase_per_metre) return;
  const asset::GaitWeights natural =
      self.natural_gait ? self.natural_gait(self.speed_mps) : asset::GaitWeights{};
  const bool aloft = task_ == Task::kFly;
  gait.walk_weight = move_towards(gait.walk_weight, aloft ? 1 : natural.walk, 4 * dt);
  gait.run_weight = move_towards(gait.run_weight, aloft ? 1 : natural.run, 4 * dt);
  const double phase = gait.phase + distance * self.phase_per_metre(self.speed_mps);
  gait.phase = phase - std::floor(phase);
  using Mode = asset::Articulation::Mode;
  gait.mode =
      gait.walk_weight <= 0 ? Mode::kStand : (gait.run_weight > 0.5 ? Mode::kRun : Mode::kWalk);
}

void AnimalMover::step(const Bodies& bodies, double dt, Body& self) {
  if (!home_) home_ = Vec2d(self.position);
  if (remaining_s_ >= 0) {
    remaining_s_ -= dt;
    if (remaining_s_ <= 0) {
      remaining_s_ = -1;
      task_ = Task::kStand;
    }
  }
  stray(dt);
  const Wish wanted = wish(bodies, self);
  if (wanted.speed_mps == 0 && self.speed_mps == 0) {
    self.velocity_mps = math::Vec3d(0);
    self.acceleration_mps2 = 0;
    self.yaw_rate_rps = 0;
    update_gait(0, dt, self);
    return;
  }
  move(wanted, bodies, dt, self);
  if (task_ == Task::kCross && self.crossing) {
    const double tail = self.outline().reach(direction_);
    self.crossed = self.crossed || along_m_ - tail > self.crossing->lane_reach_m;
  }
  self.pose = {math::from_yaw_pitch_roll(self.yaw_rad), self.position};
}

}  // namespace oddroad::sim
