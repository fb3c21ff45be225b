#include "engine/traffic/obey.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {
namespace {

constexpr double kStopShort_m = 0.4;
constexpr double kCrossShort_m = 0.8;
constexpr double kYieldBraking_mps2 = 4.0;  // for people about to cross
constexpr double kYellowBraking_mps2 = 3.5;
constexpr double kChangeRoom_m = 14.5;  // left free before a lane ends
constexpr double kRevocable_mps2 = 2.2;
constexpr double kBuildUp_s = 0.35;  // until the brakes grip
constexpr double kStopSign_s = 1;
constexpr double kCourteous_mps2 = 1.8;
constexpr double kLeastCourtesy_m = 1.8;
constexpr double kHorizon_m = 60;

}  // namespace

double following(const State& state, const Vehicle& v, double free, const Ahead& leader) {
  const Idm& idm = v.driver.idm;
  const double theirs = leader.who < kExternal ? state.vehicles[leader.who].a_mps2 : 0.0;
  double a = calm_idm_acceleration(idm, v.v_mps, free, leader.gap_m, leader.speed_mps, theirs);
  // What is needed to stay clear is the least.
  const double needed =
      braking_needed(v.v_mps, leader.speed_mps, leader.gap_m - 0.5 * idm.standstill_gap_m);
  if (needed > 2 * idm.braking_mps2) a = std::min(a, -1.1 * needed);
  return a;
}

void obey_passage(State& state, std::uint32_t slot, const Ahead& leader, Wish& wish) {
  Vehicle& v = state.vehicles[slot];
  if (!v.passage.exists()) return;
  const double distance = v.passage.line_m - v.front();
  const double b = v.driver.idm.braking_mps2;
  v.queued =
      leader.who < kExternal && leader.gap_m < distance && state.vehicles[leader.who].grant == 0;
  if (distance > v.v_mps * v.v_mps / (2 * 0.8 * b) + 1.2 * v.v_mps + 8) return;
  if (v.waits_since_s >= 0 && state.time_s - v.waits_since_s >= kStopSign_s) v.obeyed_stop = true;
  const double way = kBuildUp_s * v.v_mps + v.v_mps * v.v_mps / (2 * kRevocable_mps2);
  const bool can_stop = distance > kStopShort_m + way;
  if (v.grant == 0 || can_stop) {
    Verdict verdict;
    if (v.queued) {
      verdict = {false, Limit::kQueue, leader.who};
    } else {
      verdict = may_enter(state, slot);
    }
    if (verdict.go && v.grant == 0) {
      v.grant = state.next_grant++;
      v.waived_id = verdict.waived == kNobody ? 0 : state.vehicles[verdict.waived].id;
    }
    if (!verdict.go) {
      v.grant = 0;
      wish.lower(stopping_acceleration(v, distance - kStopShort_m), verdict.limit, verdict.by);
      return;
    }
  }
  const Hold hold = hold_inside(state, slot);
  if (std::isfinite(hold.stop_m)) {
    const bool body = hold.by >= kExternal && hold.by != kNobody;
    wish.lower(stopping_acceleration(v, hold.stop_m - v.front() - kStopShort_m),
               body ? Limit::kObstacle : Limit::kConflict, body ? hold.by - kExternal : hold.by);
  }
  if (hold.merging.who != kNobody) {
    const double free = std::min(wish.a, v.driver.idm.acceleration_mps2);
    wish.lower(following(state, v, free, hold.merging), Limit::kLeader, hold.merging.who);
  }
}

void be_courteous(const State& state, const Vehicle& v, Wish& wish) {
  if (v.lets_in == kNobody || state.time_s > v.lets_in_until_s) return;
  const Vehicle& other = state.vehicles[v.lets_in];
  const math::Vec2d ahead(std::cos(v.yaw), std::sin(v.yaw));
  const double axles = glm::dot(math::Vec2d(other.rear - v.rear), ahead);
  const double gap = axles - other.back_m + other.wheelbase_m - v.front_m - v.wheelbase_m;
  if (other.id == 0 || gap < kLeastCourtesy_m) return;  // it is too late to make room
  const Ahead before{gap, other.v_mps, v.lets_in};
  const double free = std::min(wish.a, v.driver.idm.acceleration_mps2);
  const double a = std::max(following(state, v, free, before), -kCourteous_mps2);
  wish.lower(a, Limit::kLeader, v.lets_in);
}

void obey_road_lights(const State& state, const Vehicle& v, Wish& wish) {
  for (std::uint32_t i = v.at; i < v.path.size(); ++i) {
    if (v.path[i].start_m > v.front() + kHorizon_m) return;
    for (const RoadLight& light : state.net->controls().road_lights[v.path[i].lane]) {
      const double distance = v.path[i].start_m + light.offset_m - v.front();
      if (distance < -0.7 || distance > kHorizon_m) continue;
      if (state.lights[light.head] == LightState::kGreen) continue;
      const double needed = v.v_mps * v.v_mps / (2 * std::max(distance, 0.1));
      if (v.v_mps > 0.5 && needed > kYellowBraking_mps2) continue;
      wish.lower(stopping_acceleration(v, distance - kStopShort_m), Limit::kRedLight, light.head);
    }
  }
}

void obey_people(const State& state, const Vehicle& v, Wish& wish) {
  if (state.crosswalk_busy.empty()) return;
  for (std::uint32_t i = v.at; i < v.path.size(); ++i) {
    if (v.path[i].start_m > v.front() + kHorizon_m) return;
    for (const CrosswalkOnLane& c : state.crosswalks[v.path[i].lane]) {
      const double distance = v.path[i].start_m + c.begin_m - v.front();
      if (!state.crosswalk_busy[c.crosswalk] || distance < -0.3) continue;
      const double needed = v.v_mps * v.v_mps / (2 * std::max(distance - kCrossShort_m, 0.1));
      if (v.v_mps > 0.5 && needed > kYieldBraking_mps2) continue;  // too late to be kind
      wish.lower(stopping_acceleration(v, distance - kCrossShort_m), Limit::kCrosswalk,
                 c.crosswalk);
    }
  }
}

void obey_ends(const State& state, const Vehicle& v, Wish& wish) {
  const Lane& last = state.lane(v.path.back().lane);
  if (!last.next.empty()) return;
  double end = v.path.back().start_m + last.end_m - v.front();
  if (last.ends) {
    const bool changing = v.from_lane != kNoLane;
    const double room = changing ? 0.0 : kChangeRoom_m;
    // Nobody changes lanes close to where the right to go is needed.
    const double guard = state.net->conflicts().guard_m(v.path.back().lane, last.end_m - 1);
    if (!changing) end = std::min(end, v.path.back().start_m + guard - v.front());
    if (end - room < v.v_mps * v.v_mps / (2 * v.driver.idm.braking_mps2) + v.v_mps + 10) {
      wish.lower(stopping_acceleration(v, end - room), Limit::kLaneEnd, kNobody);
    }
  } else if (!state.viewers.empty() || v.guest) {
    const LanePoint place = state.net->lanes().at(v.path.back().lane, last.end_m);
    if (v.guest || !is_unseen(state, place.position)) {
      wish.lower(stopping_acceleration(v, end - 1), Limit::kMapEnd, kNobody);
    }
  }
}

double stopping_acceleration(const Vehicle& v, double distance_m) {
  const Idm& idm = v.driver.idm;
  const double gap = distance_m + idm.standstill_gap_m;
  if (gap <= 0.05) return -kGravity_mps2;
  const double ratio = idm_wanted_gap(idm, v.v_mps, 0) / gap;
  double a = idm.acceleration_mps2 * (1 - ratio * ratio);
  const double needed = v.v_mps * v.v_mps / (2 * std::max(distance_m, 0.05));
  // No harder than it takes while that is gentle: IDM's headway is meant for moving leaders.
  if (needed < idm.braking_mps2) a = std::max(a, -std::max(1.15 * needed, 0.3));
  return a;
}

}  // namespace oddroad::traffic
