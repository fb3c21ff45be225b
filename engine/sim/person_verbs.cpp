// What people are told to do.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/core/check.h"
#include "engine/scenario/doers.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/lying.h"
#include "engine/sim/meeting.h"
#include "engine/sim/pace.h"
#include "engine/sim/person_mover.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kLying_m = 0.3;  // height of somebody who lies on the road

bool goes(const std::string& verb) {
  return verb == "walk" || verb == "run" || verb == "go" || verb == "cross" || verb == "meet";
}

const Body* find(const Bodies& bodies, const std::string& name) {
  const auto found = std::find_if(bodies.begin(), bodies.end(), [&](const Body& b) {
    return b.name == name;
  });
  return found == bodies.end() ? nullptr : &*found;
}

// Next to somebody or something, on this side of it.
Vec2d beside(const Body& other, const Body& self) {
  constexpr double kApart_m = 0.6;
  const FreeGap gap = free_gap(self.outline(), other.outline());
  return Vec2d(self.position) + std::max(gap.distance_m - kApart_m, 0.0) * gap.direction;
}

// Until the front reaches the line of whoever crosses, rather than its near side.
Meeting aimed_crossing(const Body& whom, const Body& self, double aim) {
  const double own =
      whom.track->project(Vec2d(self.position), self.crossing->conflict_s_m).lateral_m;
  return {path_ttc_s(whom, self), std::abs(own - aimed_lateral_m(whom, aim, own > 0 ? 1 : -1))};
}

}  // namespace

std::string PersonMover::cannot(const scenario::Action& action) const {
  return scenario::cannot_do(scenario::Doer::kPerson, action.verb);
}

double PersonMover::own_speed_mps(const scenario::Action& action, double height) const {
  if (action.speed_mps || action.aim) return person_speed_mps(action, height);
  const Pace pace = walking_pace(action.word("pace"), traits_.type, height);
  const double walk = pace.mean_mps + std::clamp(traits_.pace, -2.0, 2.0) * pace.deviation_mps;
  return action.verb == "run" ? 2.2 * walk : walk;
}

bool PersonMover::is_due(const scenario::Action& action, const Bodies& bodies,
                         const Body& self) const {
  if (action.verb != "meet") return true;
  return must_set_out(meeting_with(bodies[self.crossing->whom], self, *action.aim),
                      std::abs(person_accel_mps2(action)), own_speed_mps(action, self.height_m));
}

std::string PersonMover::start(const scenario::Action& action, const Bodies& bodies, Body& self) {
  if (action.verb == "look_at") {
    looks_at_ = action.word("at");
    look_s_ = action.duration_s.value_or(std::numeric_limits<double>::infinity());
    return {};
  }
  if (action.verb == "turn_back") return start_turning_back(action);
  remaining_s_ = action.duration_s.value_or(-1);
  along_m_ = 0;
  if (!goes(action.verb)) {
    braking_mps2_ = std::abs(action.accel_mps2.value_or(action.verb == "fall" ? 5.0 : 3.0));
    moving_ = false;
    if (action.verb != "stop" && action.verb != "wait") start_resting(action, self);
    return {};
  }
  moving_ = true;
  arrived_ = false;
  turn_back_at_ = -1;
  heeds_others_ = !action.aim;
  eager_ = action.accel_mps2.has_value() || action.aim.has_value();
  goal_mps_ = own_speed_mps(action, self.height_m);
  accel_mps2_ = std::abs(person_accel_mps2(action));
  way_.clear();
  then_.reset();
  if (action.word("at") == "crosswalk") return start_for_crosswalk(action, bodies, self);
  crossing_ = !action.across.empty();
  if (crossing_) return start_crossing(action, bodies, self);
  direction_ = self.forward();
  start_way(action, bodies, self);
  return {};
}

void PersonMover::start_way(const scenario::Action& action, const Bodies& bodies,
                            const Body& self) {
  const Vec2d home = home_.value_or(Vec2d(self.position));
  const Vec2d along(std::cos(traits_.along_rad), std::sin(traits_.along_rad));
  for (auto point = action.path.rbegin(); point != action.path.rend(); ++point) {
    way_.push_back(home + point->along_m * along + point->left_m * Vec2d(-along.y, along.x));
  }
  const Body* to = find(bodies, action.word("to"));
  if (to != nullptr) way_.insert(way_.begin(), beside(*to, self));
  if (!way_.empty()) {
    const Vec2d first = way_.back() - Vec2d(self.position);
    const double d = glm::length(first);
    if (d > 1e-6) direction_ = first / d;
  }
}

// First along the pavement to where the nearest crosswalk begins, then over it.
std::string PersonMover::start_for_crosswalk(const scenario::Action& action, const Bodies& bodies,
                                             Body& self) {
  constexpr double kFarthest_m = 100;
  scenario::Action over = action;
  over.words.erase("at");
  const Track& track = *bodies[self.crossing->whom].track;
  const TrackPoint own = track.project(Vec2d(self.position), self.crossing->conflict_s_m);
  double nearest = kFarthest_m;
  std::optional<Vec2d> start;
  for (const Vec2d& middle : traits_.crosswalks) {
    const double d = glm::length(middle - Vec2d(self.position));
    if (d >= nearest) continue;
    nearest = d;
    start = Vec2d(track.point(track.project(middle, own.s_m).s_m, own.lateral_m));
  }
  if (!start) {
    const std::string remark = this->start(over, bodies, self);
    return remark.empty() ? "no crosswalk within 100 m: crosses here" : remark;
  }
  crossing_ = false;
  way_ = {*start};
  const Vec2d to = *start - Vec2d(self.position);
  if (glm::length(to) > 1e-6) direction_ = to / glm::length(to);
  then_ = std::move(over);
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
  const Meeting meeting = action.verb == "meet" ? meeting_with(whom, self, *action.aim)
                                                : aimed_crossing(whom, self, *action.aim);
  const double time = meeting.time_s;
  const double way = meeting.way_m;
  if (!std::isfinite(time) || time <= 0) return "no meeting: the other stands or has passed";
  const double most = action.verb == "meet" ? kMakesUp * accel_mps2_ : accel_mps2_;
  const double a = acceleration_to_cover(way, time, goal_mps_, most);
  if (a > 0) {
    accel_mps2_ = a;
    return {};
  }
  char text[80];
  std::snprintf(text, sizeof text, "late: %.2f m short of the aimed point when the other is there",
                way - distance_from_rest(accel_mps2_, goal_mps_, time));
  return text;
}

std::string PersonMover::start_turning_back(const scenario::Action& action) {
  turn_back_mps_ = action.speed_mps.value_or(goal_mps_);
  if (!crossing_ || !moving_) return "is not crossing: stays";
  turn_back_at_ = action.number("after", 0);
  return {};
}

// Has stopped, and walks back to where the crossing began.
void PersonMover::go_back(Body& self) {
  turn_back_at_ = -1;
  crossing_ = false;
  arrived_ = false;
  heeds_others_ = true;
  goal_mps_ = turn_back_mps_;
  const Vec2d start = self.crossing->from;
  way_ = {start};
  aside_mps_ = Vec2d(0);
  const Vec2d back = start - Vec2d(self.position);
  const double d = glm::length(back);
  direction_ = d > 1e-6 ? back / d : -direction_;
}

void PersonMover::start_resting(const scenario::Action& action, Body& self) {
  using Rest = asset::Articulation::Rest;
  asset::Articulation& pose = self.articulation;
  const std::string word = action.word("pose");
  if (word == "supine") pose.rest = Rest::kSupine;
  if (word == "side") pose.rest = Rest::kSide;
  if (word == "prone") pose.rest = Rest::kProne;
  const bool up = action.verb == "get_up";
  rest_goal_ = up ? 0 : 1;
  // A fall takes 0.8 s; whoever lies at the start has lain down before.
  const double within = action.number("within", action.verb == "fall" ? 0.8 : 1.6);
  rest_rate_1ps_ = 1 / within;
  if (action.verb == "lie" && pose.travelled_m == 0) pose.rest_weight = 1;
}

void PersonMover::update_rest(double dt, Body& self) {
  double& weight = self.articulation.rest_weight;
  if (weight == rest_goal_ && weight == 0) return;
  const double most = rest_rate_1ps_ * dt;
  weight += std::clamp(rest_goal_ - weight, -most, most);
  const double tall = std::max(self.height_m, self.stature_m);
  self.stature_m = tall;
  const bool down = weight > 0.5;
  if (down == (self.height_m < tall)) return;
  if (down) self.standing = self.footprint;
  self.footprint =
      down ? lying_footprint(self.articulation.rest, tall, self.standing) : self.standing;
  self.height_m = down ? kLying_m : tall;
}

void PersonMover::update_look(const Bodies& bodies, double dt, Body& self) {
  constexpr double kNeck_rad = 1.2;
  constexpr double kHeadRate_rps = 4;
  const Body* at = looks_at_.empty() ? nullptr : find(bodies, looks_at_);
  double& yaw = self.articulation.look_yaw_rad;
  if (at == nullptr && yaw == 0) return;
  look_s_ -= dt;
  if (look_s_ <= 0) looks_at_.clear();
  double wanted = 0;
  if (at != nullptr && look_s_ > 0) {
    const Vec2d to(at->outline().centre - Vec2d(self.position));
    wanted =
        std::clamp(math::wrap_angle(std::atan2(to.y, to.x) - self.yaw_rad), -kNeck_rad, kNeck_rad);
  }
  yaw += std::clamp(wanted - yaw, -kHeadRate_rps * dt, kHeadRate_rps * dt);
}

}  // namespace oddroad::sim
