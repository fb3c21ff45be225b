// Changes of lane: for the turn ahead or because the lane ends, and by MOBIL to get on better.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

constexpr double kSignal_s = 1.0;                        // indicator before the wheel is turned
constexpr double kRest_s = 6;                            // between changes for one's own good
constexpr double kSlowest_mps = 3;                       // for those
constexpr int kMobilEvery = 100;                         // steps
constexpr double kBias_mps2 = 0.12;                      // towards the slow side
constexpr double kFastBias_mps2 = 0.25, kFast_mps = 22;  // on fast roads one keeps to it
constexpr double kUrgentBraking_mps2 = 3.5;
constexpr double kClear_m = 1.0;
constexpr double kLineRoom_m = 14;
constexpr double kStopping_mps2 = 2;
constexpr double kShareOfComfort = 1.6;  // of a follower's comfortable braking
constexpr double kLeastTime_s = 3.2, kMostTime_s = 6;
constexpr double kLeastWay_m = 16;
constexpr double kLateralShare = 0.3;  // of the friction
constexpr double kLook_m = 220;
constexpr double kEndRoom_m = 80, kEndRoom_s = 12;
constexpr double kCourteous_mps2 = 1.8;
constexpr double kCourtesy_s = 0.35;
constexpr double kPatience_s = 10;  // then one drives on, for as long at least

double acceleration(const Vehicle& v, double gap, double leader) {
  return idm_acceleration(v.driver.idm, v.v_mps, std::max(v.desired_mps, 1.0), gap, leader);
}

double speed_of(const State& state, const Ahead& ahead) {
  return ahead.who == kNobody
             ? 0.0
             : (ahead.who < kExternal ? state.vehicles[ahead.who].v_mps : ahead.speed_mps);
}

bool leads_to_goal(const State& state, const Vehicle& v, std::uint32_t lane) {
  if (v.goal == kNoLane) return true;
  for (int hop = 0; hop < 16; ++hop) {
    const auto& next = state.lane(lane).next;
    if (std::find(next.begin(), next.end(), v.goal) != next.end()) return true;
    if (next.empty() || state.lane(next.front()).road != state.lane(lane).road) return false;
    lane = next.front();
  }
  return false;
}

// Does the lane end before this offset, without the map ending?
bool ends_soon(const State& state, std::uint32_t lane, double offset) {
  for (int hop = 0; hop < 16; ++hop) {
    const Lane& here = state.lane(lane);
    if (here.ends) return here.end_m < offset;
    if (here.next.empty() || here.length_m > offset) return false;
    offset -= here.length_m;
    lane = here.next.front();
  }
  return false;
}

// Nothing beside the vehicle on the lane that it would use.
bool is_clear(const State& state, std::uint32_t lane, double front, double rear) {
  const auto free = [&](std::uint32_t index, double shift) {
    return std::none_of(
        state.lists[index].begin(), state.lists[index].end(), [&](const Occupant& o) {
          return o.front_m + shift > rear - kClear_m && o.rear_m + shift < front + kClear_m;
        });
  };
  if (!free(lane, 0)) return false;
  const Lane& here = state.lane(lane);
  for (const std::uint32_t next : here.next) {
    if (!free(next, here.length_m)) return false;
  }
  for (const std::uint32_t before : here.previous) {
    if (!free(before, -state.lane(before).length_m)) return false;
  }
  return true;
}

struct Slot {
  bool safe = false;
  Ahead leader, follower;
  double follower_then = 0;
};

Slot examine(const State& state, std::uint32_t slot, std::uint32_t lane, double offset,
             double bound) {
  const Vehicle& v = state.vehicles[slot];
  Slot out;
  const double front = offset + v.front_m;
  const double rear = offset - v.back_m;
  if (!is_clear(state, lane, front, rear)) return out;
  out.leader = leader_from(state, lane, front, kLook_m, slot);
  out.follower = follower_from(state, lane, rear, kLook_m, slot);
  const double leader_v = speed_of(state, out.leader);
  if (out.leader.who != kNobody) {
    if (out.leader.gap_m < 1.5 + 0.15 * v.v_mps) return out;
    if (braking_needed(v.v_mps, leader_v, out.leader.gap_m - 1) > bound) return out;
    if (acceleration(v, out.leader.gap_m, leader_v) < -bound) return out;
  }
  if (out.follower.who != kNobody) {
    const double speed = speed_of(state, out.follower);
    if (out.follower.gap_m < 1.5 + 0.25 * speed) return out;
    if (out.follower.who < kExternal) {
      const Vehicle& behind = state.vehicles[out.follower.who];
      bound = std::min(bound, kShareOfComfort * behind.driver.idm.braking_mps2);
      out.follower_then = acceleration(behind, out.follower.gap_m, v.v_mps);
      if (out.follower_then < -bound) return out;
    }
    if (braking_needed(speed, v.v_mps, out.follower.gap_m - 1.5) > bound) return out;
  }
  out.safe = true;
  return out;
}

// By MOBIL, is it worth changing to the lane?
bool is_worth_it(const State& state, std::uint32_t slot, const Slot& there, int side) {
  const Vehicle& v = state.vehicles[slot];
  MobilView view;
  const Ahead now = leader_from(state, v.lane(), v.offset() + v.front_m, kLook_m, slot);
  view.own_now = acceleration(v, now.gap_m, speed_of(state, now));
  view.own_then = acceleration(v, there.leader.gap_m, speed_of(state, there.leader));
  const double own_length = v.front_m + v.back_m;
  if (there.follower.who < kExternal) {
    const Vehicle& f = state.vehicles[there.follower.who];
    const double gap = there.leader.who == kNobody
                           ? kNoLeader_m
                           : there.follower.gap_m + own_length + there.leader.gap_m;
    view.new_follower_now = acceleration(f, gap, speed_of(state, there.leader));
    view.new_follower_then = there.follower_then;
  }
  const Ahead old = follower_from(state, v.lane(), v.offset() - v.back_m, kLook_m, slot);
  if (old.who < kExternal) {
    const Vehicle& f = state.vehicles[old.who];
    view.old_follower_now = acceleration(f, old.gap_m, v.v_mps);
    const double gap = now.who == kNobody ? kNoLeader_m : old.gap_m + own_length + now.gap_m;
    view.old_follower_then = acceleration(f, gap, speed_of(state, now));
  }
  const int slow_side = state.lane(v.lane()).left_hand ? 1 : -1;
  const double strength = v.desired_mps > kFast_mps ? kFastBias_mps2 : kBias_mps2;
  const double bias = side == slow_side ? strength : -strength;
  return mobil_incentive(view, v.driver.politeness) > v.driver.change_threshold_mps2 - bias;
}

// 0: no need; else the side that this lane must be left to.
int needed_side(const State& state, const Vehicle& v) {
  const Lane& last = state.lane(v.path.back().lane);
  if (last.ends && v.goal == kNoLane) {
    const auto goes_on = [&](std::uint32_t lane) {
      return lane != kNoLane && !state.lane(lane).ends;
    };
    if (goes_on(last.left)) return 1;
    if (goes_on(last.right)) return -1;
    return last.left != kNoLane ? 1 : -1;
  }
  return v.goal != kNoLane ? v.side : 0;
}

std::uint32_t beside(const State& state, const Vehicle& v, int side) {
  const Lane& lane = state.lane(v.lane());
  const std::uint32_t other = side > 0 ? lane.left : lane.right;
  if (other == kNoLane || (state.fits[other] >> v.model & 1u) == 0) return kNoLane;
  return other;
}

bool has_room_for_change(const State& state, const Vehicle& v, bool needed) {
  if (v.guest || state.lane(v.lane()).junction >= 0) return false;
  if (v.grant != 0 && v.front() > v.passage.line_m) return false;
  // A new lane may mean having no right to go on yet: there must be room to stop.
  const double stop = v.v_mps * v.v_mps / (2 * kStopping_mps2);
  const double room = kLineRoom_m + stop + (needed ? 0.0 : v.v_mps * kLeastTime_s);
  if (v.passage.exists() && v.passage.line_m - v.front() < room) return false;
  return v.rear_end() > v.path[v.at].start_m - 30;
}

// A quintic over T peaks at 5.774 d / T^2 of lateral acceleration.
double change_time_s(const State& state, double lateral) {
  const double most = kLateralShare * state.settings.friction * kGravity_mps2;
  return std::clamp(1.3 * std::sqrt(5.7735 * std::abs(lateral) / most), kLeastTime_s, kMostTime_s);
}

// Getting faster during a change would make it hasty: the rest is planned anew over more way.
void stretch_change(const State& state, Vehicle& v) {
  const double rest = v.way_m * (1 - v.progress);
  const double wanted = v.v_mps * change_time_s(state, v.across[0]) * (1 - v.progress);
  if (v.progress < 0.7 && wanted > 1.15 * rest) {
    come_to_centre(v, v.lateral_m, v.slope, v.bend_1pm, wanted);
  }
}

// The lane that was left is free again when front and tail are off it.
void leave_old_lane(const State& state, Vehicle& v) {
  if (v.from_lane == kNoLane) return;
  const LanePoint here = state.net->lanes().at(v.lane(), v.offset());
  math::Vec2d tail(v.rear);
  const math::Vec2d forward(std::cos(v.yaw), std::sin(v.yaw));
  if (v.shape.has_trailer) {
    const TrailerModel& t = v.shape.trailer;
    tail = math::Vec2d(v.trailer_axle) -
           (t.rear_m() - t.wheelbase_m) *
               math::Vec2d(std::cos(v.trailer_yaw), std::sin(v.trailer_yaw));
  } else {
    tail -= v.shape.rear_overhang_m() * forward;
  }
  const math::Vec2d left(-std::sin(here.heading_rad), std::cos(here.heading_rad));
  const math::Vec2d front_axle = math::Vec2d(v.rear) + v.wheelbase_m * forward;
  const double bent = 0.5 * here.curvature_1pm * v.back_m * v.back_m;
  const double tail_lateral = v.lateral_m + glm::dot(tail - front_axle, left) - bent;
  const double out = v.from_side * std::max(v.from_side * v.lateral_m, v.from_side * tail_lateral);
  if (v.from_side * out + v.half_width_m < 0.5 * state.lane(v.lane()).min_width_m) {
    v.from_lane = kNoLane;
    v.from_side = 0;
  }
}

void begin(State& state, std::uint32_t slot, std::uint32_t to) {
  Vehicle& v = state.vehicles[slot];
  const LaneTable& lanes = state.net->lanes();
  const std::uint32_t from = v.lane();
  const double offset = v.offset();
  const LanePoint here = lanes.at(from, offset);
  const double there_offset = lanes.across(from, offset, to);
  const LanePoint there = lanes.at(to, there_offset);
  const math::Vec3d d = here.position - there.position;
  const double spacing = d.y * std::cos(there.heading_rad) - d.x * std::sin(there.heading_rad);
  release_passage(state, slot);
  switch_lane(state, v, to);
  v.from_lane = from;
  v.from_shift_m = offset - there_offset;
  v.change_side = spacing < 0 ? 1 : -1;
  v.from_side = -v.change_side;
  const double lateral = spacing + v.lateral_m;
  come_to_centre(v, lateral, v.slope, v.bend_1pm,
                 std::max(kLeastWay_m, v.v_mps * change_time_s(state, lateral)));
  v.last_change_s = state.time_s;
  v.intent = 0;
  insert_occupant(
      state, to,
      {slot, static_cast<float>(v.front() - v.path[v.at].start_m),
       static_cast<float>(v.rear_end() - v.path[v.at].start_m), static_cast<float>(v.v_mps)});
  extend_path(state, v, std::max(60.0, v.v_mps * 8 + 30));
  update_passage(state, slot);
}

void signal(State& state, std::uint32_t slot, int side, std::uint32_t to) {
  Vehicle& v = state.vehicles[slot];
  if (v.intent != side) {
    v.intent = side;
    v.intent_since_s = state.time_s;
  }
  if (state.time_s - v.intent_since_s >= kSignal_s) begin(state, slot, to);
}

// The next one behind on the other lane that can slow down gently makes room.
void ask_to_be_let_in(State& state, std::uint32_t slot, std::uint32_t lane, double offset) {
  const Vehicle& v = state.vehicles[slot];
  const Ahead behind = follower_from(state, lane, offset - v.back_m, kLook_m, slot);
  if (behind.who >= kExternal) return;
  Vehicle& other = state.vehicles[behind.who];
  const bool taken = other.lets_in != slot && state.time_s < other.lets_in_until_s;
  if (taken || other.guest ||
      braking_needed(other.v_mps, v.v_mps, behind.gap_m - 2) > kCourteous_mps2) {
    return;
  }
  // Whoever asks: for so long at most, and not again at once.
  if (state.time_s > other.lets_in_until_s + kPatience_s) other.lets_in_since_s = state.time_s;
  if (state.time_s - other.lets_in_since_s > kPatience_s) return;
  other.lets_in = slot;
  other.lets_in_until_s = state.time_s + kCourtesy_s;
}

}  // namespace

void consider_lane_change(State& state, std::uint32_t slot) {
  Vehicle& v = state.vehicles[slot];
  leave_old_lane(state, v);
  if (v.change_side != 0) stretch_change(state, v);
  if (v.change_side != 0 || v.from_lane != kNoLane) return;
  const int needed = needed_side(state, v);
  if (!has_room_for_change(state, v, needed != 0)) {
    v.intent = 0;
    return;
  }
  const LaneTable& lanes = state.net->lanes();
  if (needed != 0) {
    const std::uint32_t to = beside(state, v, needed);
    if (to == kNoLane) return;
    const double offset = lanes.across(v.lane(), v.offset(), to);
    const double far_end = lanes[to].next.empty() ? lanes[to].end_m - kLineRoom_m : lanes[to].end_m;
    if (offset - v.back_m < lanes[to].begin_m || offset > far_end) return;
    if (v.intent != needed) {  // show it in any case
      v.intent = needed;
      v.intent_since_s = state.time_s;
    }
    if (examine(state, slot, to, offset, kUrgentBraking_mps2).safe) {
      signal(state, slot, needed, to);
    } else {
      ask_to_be_let_in(state, slot, to, offset);
    }
    return;
  }
  const bool due = (state.steps / 10 + slot) % (kMobilEvery / 10) == 0;
  if (!due && v.intent == 0) return;
  if (v.v_mps < kSlowest_mps || state.time_s - v.last_change_s < kRest_s) {
    v.intent = 0;
    return;
  }
  for (const int side : {1, -1}) {
    if (v.intent != 0 && v.intent != side) continue;
    const std::uint32_t to = beside(state, v, side);
    if (to == kNoLane || !leads_to_goal(state, v, to)) continue;
    const double offset = lanes.across(v.lane(), v.offset(), to);
    const Lane& other = lanes[to];
    if (offset - v.back_m < other.begin_m) continue;
    if (ends_soon(state, to, offset + kEndRoom_m + kEndRoom_s * v.v_mps)) continue;
    const Slot there = examine(state, slot, to, offset, v.driver.safe_braking_mps2);
    if (there.safe && is_worth_it(state, slot, there, side)) {
      signal(state, slot, side, to);
      return;
    }
  }
  v.intent = 0;
}

}  // namespace oddroad::traffic
