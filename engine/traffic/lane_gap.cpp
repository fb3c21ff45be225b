#include "engine/traffic/lane_gap.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {
namespace {

constexpr double kBias_mps2 = 0.12;                      // towards the slow side
constexpr double kFastBias_mps2 = 0.25, kFast_mps = 22;  // on fast roads one keeps to it
constexpr double kClear_m = 1.0;
constexpr double kLook_m = 220;
constexpr double kShareOfComfort = 1.6;  // of a follower's comfortable braking
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

}  // namespace

LaneGap examine(const State& state, std::uint32_t slot, std::uint32_t lane, double offset,
                double bound) {
  const Vehicle& v = state.vehicles[slot];
  LaneGap out;
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

bool is_worth_it(const State& state, std::uint32_t slot, const LaneGap& there, int side) {
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

}  // namespace oddroad::traffic
