// What a driver wants at this moment: the least of what road, leaders, lights, right of way and
// people ask for, and why.
#include <algorithm>
#include <cmath>

#include "engine/traffic/obey.h"

namespace oddroad::traffic {
namespace {

constexpr double kLeastHorizon_m = 60;
constexpr double kHorizon_s = 8;
constexpr double kBendBraking_mps2 = 1.3;
constexpr double kComfortJerk_mps3 = 2.8;
constexpr double kHardestJerk_mps3 = 12;
constexpr double kTurnSignal_m = 45;
constexpr double kTurn_rad = 0.5;
constexpr double kCloseAhead_m = 8;
constexpr double kPace_mps = 1;  // that somebody ahead may be gaining speed
constexpr double kStill_mps = 0.1;

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
  v.paced_mps = leader.gap_m < close ? leader.speed_mps + kPace_mps : kUnbounded;
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
