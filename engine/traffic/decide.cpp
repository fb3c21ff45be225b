// What a driver wants at this moment: the least of what road, leaders, lights, right of way and
// people ask for, and why.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

constexpr double kStopShort_m = 0.4;
constexpr double kCrossShort_m = 0.8;
constexpr double kLeastHorizon_m = 60;
constexpr double kHorizon_s = 8;
constexpr double kBendBraking_mps2 = 1.3;
constexpr double kYieldBraking_mps2 = 4.0;  // for people about to cross
constexpr double kYellowBraking_mps2 = 3.5;
constexpr double kComfortJerk_mps3 = 2.8;
constexpr double kHardestJerk_mps3 = 12;
constexpr double kChangeRoom_m = 14;  // left free before a lane ends
constexpr double kRevocable_mps2 = 2.2;
constexpr double kBuildUp_s = 0.35;  // until the brakes grip
constexpr double kStopSign_s = 1;
constexpr double kTurnSignal_m = 45;
constexpr double kTurn_rad = 0.5;
constexpr double kCloseAhead_m = 8;
constexpr double kPace_mps = 1;  // that somebody ahead may be gaining speed
constexpr double kCourteous_mps2 = 1.8;
constexpr double kLeastCourtesy_m = 1.8;
constexpr double kStill_mps = 0.1;

struct Wish {
  double a = kNoLeader_m;
  Limit limit = Limit::kNone;
  std::uint32_t by = kNobody;

  void lower(double value, Limit why, std::uint32_t who) {
    if (value >= a) return;
    a = value;
    limit = why;
    by = who;
  }
};

// Desired speed here and braking for slower stretches ahead.
double road_acceleration(const State& state, Vehicle& v) {
  const double lateral = std::sqrt(v.driver.lateral_mps2);
  double desired = v.driver.top_speed_mps;
  double braking = 0;
  const double horizon = v.p_m + v.v_mps * v.v_mps / (2 * kBendBraking_mps2) + 12;
  for (std::uint32_t i = v.at; i < v.path.size() && v.path[i].start_m < horizon; ++i) {
    const Lane& lane = state.lane(v.path[i].lane);
    const double start = v.path[i].start_m;
    const double length = 1 / lane.per_piece_1pm;
    const int from = i == v.at ? std::clamp(static_cast<int>((v.p_m - start) * lane.per_piece_1pm),
                                            0, static_cast<int>(lane.pieces) - 1)
                               : 0;
    for (int k = from; k < static_cast<int>(lane.pieces) && start + k * length < horizon; ++k) {
      const SpeedPiece& piece = state.net->lanes().piece(lane, k);
      const double speed = std::min(piece.limit_mps * v.speed_factor, piece.bend_mps * lateral);
      const double distance = start + k * length - v.p_m;
      // The rear is in the bend as long as the front axle has not left it by a wheelbase.
      if (distance <= 0) {
        desired = std::min(desired, speed);
      } else if (speed < v.v_mps) {
        const double needed = (v.v_mps * v.v_mps - speed * speed) / (2 * std::max(distance, 1.0));
        if (needed > 0.7 * kBendBraking_mps2) braking = std::max(braking, needed);
      } else if (distance < v.v_mps) {
        desired = std::min(desired, std::sqrt(speed * speed + 2 * kBendBraking_mps2 * distance));
      }
    }
  }
  v.desired_mps = desired;
  const double free = idm_free(v.driver.idm, v.v_mps, desired);
  return braking > 0 ? std::min(free, -braking) : free;
}

// Behind a leader; `free` is what the driver would do without it.
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
    if (verdict.go && v.grant == 0) v.grant = state.next_grant++;
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

// Lets somebody in whose lane ends, without braking hard for it.
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
    if (v.path[i].start_m > v.front() + kLeastHorizon_m) return;
    for (const RoadLight& light : state.net->controls().road_lights[v.path[i].lane]) {
      const double distance = v.path[i].start_m + light.offset_m - v.front();
      if (distance < -0.7 || distance > kLeastHorizon_m) continue;
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
    if (v.path[i].start_m > v.front() + kLeastHorizon_m) return;
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
  const double end = v.path.back().start_m + last.end_m - v.front();
  if (last.ends) {
    const double room = v.from_lane == kNoLane ? kChangeRoom_m : 0.0;
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

// The turn at the next junction, from 45 m before it to its end.
int turn_ahead(const State& state, const Vehicle& v) {
  for (std::uint32_t i = v.at; i < v.path.size(); ++i) {
    const PathItem& item = v.path[i];
    if (item.start_m > v.front() + kTurnSignal_m) return 0;
    if (state.lane(item.lane).junction < 0) continue;
    const double turn = state.net->movement(item.lane).turn_rad;
    if (std::abs(turn) > kTurn_rad) return turn > 0 ? 1 : -1;
  }
  return 0;
}

// How quickly the pedals move: gently as a rule, as fast as feet go when it must be.
double jerk_bound(const Vehicle& v) {
  const double need = -v.wanted_mps2;
  if (v.wanted_mps2 > v.a_mps2) return std::max(kComfortJerk_mps3, 1.5 * std::abs(v.a_mps2));
  const double hurry = std::clamp((need - 2.0) / 2.5, 0.0, 1.0);
  return kComfortJerk_mps3 + hurry * (kHardestJerk_mps3 - kComfortJerk_mps3);
}

}  // namespace

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

void decide(State& state, std::uint32_t slot) {
  Vehicle& v = state.vehicles[slot];
  drop_passed(v, state);
  extend_path(state, v, std::max(kLeastHorizon_m, v.v_mps * kHorizon_s + 30));
  update_passage(state, slot);
  Wish wish;
  wish.lower(road_acceleration(state, v), Limit::kNone, kNobody);
  const double horizon = v.v_mps * v.v_mps / 3 + 3 * v.v_mps + 30;
  const Leaders leaders = find_leaders(state, slot, horizon);
  const Ahead& leader = leaders.nearest;
  const double close = kCloseAhead_m + v.v_mps;
  v.paced_mps = leader.gap_m < close ? leader.speed_mps + kPace_mps : kNoLeader_m;
  const double free = wish.a;
  for (const Ahead& ahead : {leader, leaders.gravest, find_old_leader(state, slot)}) {
    if (ahead.who == kNobody) continue;
    const bool body = ahead.who >= kExternal;
    wish.lower(following(state, v, free, ahead), body ? Limit::kObstacle : Limit::kLeader,
               body ? ahead.who - kExternal : ahead.who);
  }
  obey_passage(state, slot, leader, wish);
  be_courteous(state, v, wish);
  obey_road_lights(state, v, wish);
  obey_people(state, v, wish);
  obey_ends(state, v, wish);
  const double grip = state.settings.friction * v.driver.friction_share * kGravity_mps2;
  v.wanted_mps2 = std::clamp(wish.a, -0.98 * grip, v.driver.idm.acceleration_mps2);
  v.limit = wish.limit;
  v.limit_by = wish.by;
  v.jerk_mps3 = jerk_bound(v);
  v.turning = turn_ahead(state, v);
  v.hazard = v.v_mps > 8 && v.a_mps2 < -6;
  if (v.v_mps >= kStill_mps) {
    v.still_since_s = -1;
  } else if (v.still_since_s < 0) {
    v.still_since_s = state.time_s;
  }
  consider_lane_change(state, slot);
}

}  // namespace oddroad::traffic
