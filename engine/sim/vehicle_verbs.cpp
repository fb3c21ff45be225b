// What a vehicle is told to do.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/scenario/doers.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/meeting.h"
#include "engine/sim/relations.h"
#include "engine/sim/vehicle_mover.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kDefaultBraking_mps2 = 3.0;
constexpr double kDefaultEffort_mps2 = 1.5;
constexpr double kDoor_rad = 1.1;
constexpr double kRiding_mps = 4.2;  // of a rider who is told no speed, and how he gets there
constexpr double kRidingEffort_mps2 = 1.2;

const Body* find(const Bodies& bodies, const std::string& name) {
  const auto found = std::find_if(bodies.begin(), bodies.end(), [&](const Body& b) {
    return b.name == name;
  });
  return found == bodies.end() ? nullptr : &*found;
}

bool is_speed_verb(const std::string& verb) {
  static constexpr std::array<const char*, 5> kVerbs = {"go", "stop", "brake", "keep", "reverse"};
  return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end();
}

}  // namespace

std::string VehicleMover::cannot(const scenario::Action& action) const {
  if (action.verb == "change_lane") {
    if (action.target_lane == "left" || action.target_lane == "right") return {};
    return "change_lane goes to 'left' or 'right', not '" + action.target_lane + "'";
  }
  if (action.verb == "keep" && !action.number("gap") && !action.number("headway")) {
    return "keep needs a 'gap' or a 'headway'";
  }
  return scenario::cannot_do(
      parameters_.leans ? scenario::Doer::kTwoWheels : scenario::Doer::kVehicle, action.verb);
}

bool VehicleMover::is_due(const scenario::Action& action, const Bodies& bodies,
                          const Body& self) const {
  if (action.verb != "meet") return true;
  return must_set_out(meeting_with(bodies[self.crossing->whom], self, *action.aim),
                      action.accel_mps2.value_or(kRidingEffort_mps2),
                      action.speed_mps.value_or(kRiding_mps));
}

std::string VehicleMover::start(const scenario::Action& action, const Bodies& bodies, Body& self) {
  if (is_lost() && action.verb != "lights" && action.verb != "open_door") {
    return "is out of control: does nothing more";
  }
  if (action.verb == "meet") return start_meeting(action, bodies, self);
  if (is_speed_verb(action.verb)) {
    start_speed(action, self);
  } else if (action.verb == "change_lane") {
    return start_lane_change(action, self);
  } else if (action.verb == "overtake") {
    return start_overtaking(action, bodies, self);
  } else if (action.verb == "turn" || action.verb == "route") {
    return start_route(action, self);
  } else if (action.verb == "lights") {
    start_lights(action, self);
  } else if (action.verb == "open_door") {
    start_door(action, self);
  } else if (action.verb == "fall") {
    start_fall(action);
  } else if (action.verb == "spin") {
    start_spin(action, self);
  } else {
    start_offset(action, self);
  }
  return {};
}

void VehicleMover::start_speed(const scenario::Action& action, const Body& self) {
  standing_ = false;
  remaining_s_ = action.duration_s.value_or(0);
  effort_mps2_ = std::abs(action.accel_mps2.value_or(action.verb == "stop" || action.verb == "brake"
                                                         ? kDefaultBraking_mps2
                                                         : kDefaultEffort_mps2));
  if (action.verb == "stop") {
    mode_ = Mode::kStop;
  } else if (action.verb == "brake") {
    mode_ = Mode::kBrake;
    goal_mps_ = action.number("to", 0);
    if (!action.duration_s) remaining_s_ = std::numeric_limits<double>::infinity();
  } else if (action.verb == "keep") {
    mode_ = Mode::kKeep;
    kept_ = action.word("behind");
    keep_gap_m_ = action.number("gap", 0);
    keep_headway_s_ = action.number("headway", 0);
  } else if (action.verb == "reverse") {
    mode_ = Mode::kReverse;
    goal_mps_ = action.speed_mps.value_or(1.5);
    remaining_m_ = action.number("distance", -1);
  } else {
    mode_ = Mode::kGo;
    goal_mps_ = action.speed_mps.value_or(std::max(drive_.speed_mps, self.speed_mps));
  }
}

std::string VehicleMover::start_lane_change(const scenario::Action& action, const Body& self) {
  auto to = roadside_.neighbour(self, action.target_lane);
  if (!to) return "no lane to the " + action.target_lane + ", stays";
  const double across = to->project(Vec2d(self.position)).lateral_m;
  const double most = 0.3 * friction_ * kGravity_mps2;
  const double wanted = action.duration_s.value_or(4.0);
  change_ = LaneChange{std::move(to), 0, quintic_time_s(across, most, wanted),
                       action.target_lane == "left" ? 1.0 : -1.0};
  return {};
}

void VehicleMover::start_offset(const scenario::Action& action, const Body& self) {
  const double by = action.number("by", 0);
  const bool swerves = action.verb == "swerve";
  const double now = plan_.at(plan_elapsed_s_);
  // Nobody swerves harder than the road allows.
  const double most = 0.6 * friction_ * kGravity_mps2;
  const double within = self.speed_mps > 0.5
                            ? quintic_time_s(by, most, action.number("within", swerves ? 0.8 : 2.0))
                            : action.number("within", 2.0);
  plan_ = OffsetPlan(now);
  plan_elapsed_s_ = 0;
  plan_.move_to(now + by, within);
  if (!swerves) return;
  const double whole = action.duration_s.value_or(2 * within + 1.0);
  plan_.stay(std::max(whole - 2 * within, 0.01));
  plan_.move_to(now, within);
}

std::string VehicleMover::start_overtaking(const scenario::Action& action, const Bodies& bodies,
                                           const Body& self) {
  const Body* other = find(bodies, action.word("past"));
  if (other == nullptr || has_passed(self, *other)) return "has passed already";
  Overtaking plan;
  plan.past = other->name;
  plan.gap_m = action.number("gap", 8);
  plan.back_to_m = plan_.at(plan_elapsed_s_);
  plan.speed_after_mps = drive_.speed_mps;
  const double aside = roadside_.overtaking_side * self.track->at(self.s_m).lane_width_m;
  plan.within_s =
      quintic_time_s(aside, 0.3 * friction_ * kGravity_mps2, action.number("within", 3.0));
  overtaking_ = plan;
  plan_ = OffsetPlan(plan.back_to_m);
  plan_.move_to(plan.back_to_m + aside, plan.within_s);
  plan_elapsed_s_ = 0;
  drive_.speed_mps = action.speed_mps.value_or(std::max(drive_.speed_mps, other->speed_mps + 4.0));
  mode_ = Mode::kGo;
  goal_mps_ = drive_.speed_mps;
  effort_mps2_ = parameters_.max_acceleration_mps2;
  return {};
}

std::string VehicleMover::start_route(const scenario::Action& action, Body& self) {
  RouteTrack way = roadside_.route(self, action.route);
  if (!way.track) return "no lane to drive on here";
  self.track = std::move(way.track);
  self.s_m = self.track->project(Vec2d(self.position)).s_m;
  return way.missed.empty() ? std::string() : "the map has no '" + way.missed + "' on this way";
}

void VehicleMover::start_door(const scenario::Action& action, const Body& self) {
  door_goal_rad_ = action.number("angle", kDoor_rad);
  door_rate_rps_ = std::abs(door_goal_rad_ - self.articulation.door_rad) /
                   std::max(action.number("within", 0.9), 0.01);
  door_moves_ = true;
}

std::string VehicleMover::start_meeting(const scenario::Action& action, const Bodies& bodies,
                                        Body& self) {
  mode_ = Mode::kMeet;
  goal_mps_ = action.speed_mps.value_or(kRiding_mps);
  effort_mps2_ = action.accel_mps2.value_or(kRidingEffort_mps2);
  const Meeting meeting = meeting_with(bodies[self.crossing->whom], self, *action.aim);
  if (!std::isfinite(meeting.time_s) || meeting.time_s <= 0) {
    return "no meeting: the other stands or has passed";
  }
  const double a =
      acceleration_to_cover(meeting.way_m, meeting.time_s, goal_mps_, kMakesUp * effort_mps2_);
  if (a <= 0) return "late: is not at the aimed point when the other is there";
  effort_mps2_ = a;
  return {};
}

void VehicleMover::start_lights(const scenario::Action& action, Body& self) {
  using Beam = world::Lamps::Beam;
  const std::string beam = action.word("beam");
  if (beam == "off") self.lamps.beam = Beam::kOff;
  if (beam == "position") self.lamps.beam = Beam::kPosition;
  if (beam == "low") self.lamps.beam = Beam::kLow;
  if (beam == "high") self.lamps.beam = Beam::kHigh;
  const std::string indicator = action.word("indicator");
  if (indicator.empty()) return;
  own_indicators_ = true;
  self.lamps.indicator_left = indicator == "left" || indicator == "hazard";
  self.lamps.indicator_right = indicator == "right" || indicator == "hazard";
}

}  // namespace oddroad::sim
