// Changes of lane: for the turn ahead or because the lane ends, and by MOBIL to get on better.
#include <algorithm>
#include <cmath>

#include "engine/traffic/lane_gap.h"

namespace oddroad::traffic {
namespace {

constexpr double kSignal_s = 1.0;   // indicator before the wheel is turned
constexpr double kRest_s = 6;       // between changes for one's own good
constexpr double kSlowest_mps = 3;  // for those
constexpr int kMobilEvery = 100;    // steps
constexpr double kUrgentBraking_mps2 = 3.5;
constexpr double kLineRoom_m = 14;
constexpr double kStopping_mps2 = 2;
constexpr double kLeastTime_s = 3.2, kMostTime_s = 6;
constexpr double kLeastWay_m = 16;
constexpr double kLateralShare = 0.3;  // of the friction
constexpr double kStanding_mps = 0.1;
constexpr double kEndRoom_m = 80, kEndRoom_s = 12;

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

// 0: no need; else the side that this lane must be left to.
int needed_side(const State& state, const Vehicle& v) {
  const Lane& last = state.lane(v.path.back().lane);
  if (last.ends && v.goal == kNoLane) {
    const auto goes_on = [&](std::uint32_t Lane::*side) {
      std::uint32_t other = last.*side;
      while (other != kNoLane && state.lane(other).ends) other = state.lane(other).*side;
      return other != kNoLane && (state.fits[other] >> v.model & 1u) != 0;
    };
    if (goes_on(&Lane::left)) return 1;
    if (goes_on(&Lane::right)) return -1;
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

}  // namespace

void consider_lane_change(State& state, std::uint32_t slot) {
  Vehicle& v = state.vehicles[slot];
  leave_old_lane(state, v);
  if (v.change_side != 0) stretch_change(state, v);
  const int needed = needed_side(state, v);
  // Who came to a stand on the way to the centre of a lane need not reach it before leaving it.
  const bool settled = v.change_side == 0 || (needed != 0 && v.v_mps < kStanding_mps);
  if (!settled || v.from_lane != kNoLane) return;
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
    const LaneGap there = examine(state, slot, to, offset, v.driver.safe_braking_mps2);
    if (there.safe && is_worth_it(state, slot, there, side)) {
      signal(state, slot, side, to);
      return;
    }
  }
  v.intent = 0;
}

}  // namespace oddroad::traffic
