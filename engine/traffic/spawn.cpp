// Puts one vehicle onto the road, where there is room for it, and takes it off again.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

constexpr double kInitialBraking_mps2 = 1.2;
constexpr double kGap_m = 2.5;
constexpr double kGap_s = 0.9;
constexpr double kLook_m = 150;
constexpr double kRoomToChange_m = 80;  // nothing appears nearer to where its lane ends
constexpr double kTruncation = 3;       // deviations of the desired speed

// The fastest from which everything known ahead on the lane can be met with gentle braking.
double initial_speed(const State& state, const Vehicle& v, std::uint32_t index, double offset) {
  const Lane& lane = state.lane(index);
  double speed = v.driver.top_speed_mps;
  const double lateral = std::sqrt(v.driver.lateral_mps2);
  for (std::uint32_t k = 0; k < lane.pieces; ++k) {
    const double distance = k / lane.per_piece_1pm - offset;
    if (distance + 1 / lane.per_piece_1pm < 0) continue;
    const SpeedPiece& piece = state.net->lanes().piece(lane, static_cast<int>(k));
    const double there = std::min(piece.limit_mps * v.speed_factor, piece.bend_mps * lateral);
    speed = std::min(speed,
                     std::sqrt(there * there + 2 * kInitialBraking_mps2 * std::max(0.0, distance)));
  }
  const double guard = state.net->conflicts().guard_m(index, offset);
  double stop = lane.length_m;  // whatever follows
  if (std::isfinite(guard)) stop = std::min(stop, guard);
  if (lane.map_ends && state.viewers.empty()) return speed;
  const double room = std::max(0.0, stop - offset - v.front_m - 2);
  return std::min(speed, std::sqrt(2 * kInitialBraking_mps2 * room));
}

bool is_allowed_place(const State& state, const Vehicle& v, std::uint32_t index, double offset) {
  const Lane& lane = state.lane(index);
  const ConflictTable& conflicts = state.net->conflicts();
  if (!lane.usable || lane.junction >= 0) return false;
  const double front = offset + v.front_m;
  const double rear = offset - v.back_m;
  if (rear < lane.begin_m || front > lane.end_m - 1 || front > conflicts.guard_m(index, rear) - 2) {
    return false;
  }
  if (lane.ends && front > lane.end_m - kRoomToChange_m) return false;
  for (const Conflict* c = conflicts.begin(index); c != conflicts.end(index); ++c) {
    if (c->kind == ConflictKind::kDiverge && rear < c->own[kLarge][kLarge].end_m) return false;
  }
  for (double at = rear; at < front + 1 && !state.settings.keep_clear.empty(); at += 1) {
    const math::Vec2d p(state.net->lanes().at(index, std::min(at, front)).position);
    for (const Polygon& polygon : state.settings.keep_clear) {
      if (polygon.size() >= 3 && inside(polygon, p)) return false;
    }
  }
  return true;
}

// Gaps ahead and behind; lowers `speed` to what the leader allows.
bool has_room(const State& state, const Vehicle& v, std::uint32_t lane, double offset,
              double& speed) {
  const double front = offset + v.front_m;
  const double rear = offset - v.back_m;
  for (const Occupant& o : state.lists[lane]) {
    if (o.front_m > rear - kGap_m && o.rear_m < front + kGap_m) return false;
  }
  const Ahead leader = leader_from(state, lane, front, kLook_m, kNobody);
  if (leader.who != kNobody) {
    if (leader.gap_m < kGap_m) return false;
    speed = std::min({speed, (leader.gap_m - kGap_m) / kGap_s + 0.5 * leader.speed_mps,
                      std::sqrt(leader.speed_mps * leader.speed_mps +
                                2 * kInitialBraking_mps2 * (leader.gap_m - kGap_m))});
  }
  const Ahead follower = follower_from(state, lane, rear, kLook_m, kNobody);
  if (follower.who == kNobody) return true;
  const double theirs =
      follower.who < kExternal ? state.vehicles[follower.who].v_mps : follower.speed_mps;
  if (follower.gap_m < kGap_m + kGap_s * theirs) return false;
  return braking_needed(theirs, speed, follower.gap_m - kGap_m) < kInitialBraking_mps2;
}

std::uint32_t take_slot(State& state) {
  if (!state.free_slots.empty()) {
    const std::uint32_t slot = state.free_slots.back();
    state.free_slots.pop_back();
    return slot;
  }
  state.vehicles.emplace_back();
  return static_cast<std::uint32_t>(state.vehicles.size() - 1);
}

}  // namespace

Swath swath_of(const VehicleModel& model) {
  return model.is_heavy() || model.wheelbase_m > 3.3 || model.width_m > 2 ? kLarge : kSmall;
}

std::uint32_t put_vehicle(State& state, std::uint32_t model, std::uint32_t lane, double offset,
                          double speed, bool check_room) {
  const VehicleModel& shape = state.settings.models[model];
  Vehicle v;
  v.model = model;
  v.kind = shape.kind;
  v.shape = shape;
  v.swath = swath_of(shape);
  v.driver = state.settings.drivers[static_cast<std::size_t>(shape.kind)];
  v.front_m = shape.front_overhang_m;
  v.back_m = shape.train_m() - shape.front_overhang_m;
  v.half_width_m = 0.5 * std::max(shape.width_m, shape.has_trailer ? shape.trailer.width_m : 0.0);
  v.wheelbase_m = shape.wheelbase_m;
  core::RandomStream own(state.key, "traffic/vehicle/" + std::to_string(state.next_id));
  const double low = core::normal_cdf(-kTruncation);
  const double z = core::inverse_normal_cdf(own.uniform(low, 1 - low));
  v.speed_factor = 1 + state.settings.speed_factor_deviation * z;
  if (check_room && !is_allowed_place(state, v, lane, offset)) return kNobody;
  double fastest = initial_speed(state, v, lane, offset);
  if (check_room && !has_room(state, v, lane, offset, fastest)) return kNobody;
  v.v_mps = speed < 0 ? fastest : speed;
  v.id = state.next_id++;
  v.path = {{lane, 0}};
  v.p_m = offset;
  v.passage.line_m = kNoLeader_m;
  settle_pose(state, v);
  const std::uint32_t slot = take_slot(state);
  state.vehicles[slot] = std::move(v);
  state.order.push_back(slot);
  extend_path(state, state.vehicles[slot], 80);
  insert_occupant(state, lane,
                  {slot, static_cast<float>(offset + shape.front_overhang_m),
                   static_cast<float>(offset - state.vehicles[slot].back_m),
                   static_cast<float>(state.vehicles[slot].v_mps)});
  return slot;
}

void remove_vehicle(State& state, std::uint32_t slot) {
  release_passage(state, slot);
  for (const std::uint32_t lane : state.touched) {
    std::erase_if(state.lists[lane], [&](const Occupant& o) {
      return o.who == slot;
    });
  }
  std::erase_if(state.touched, [&](std::uint32_t lane) {
    return state.lists[lane].empty();
  });
  std::erase(state.order, slot);
  state.vehicles[slot] = {};
  state.free_slots.push_back(slot);
}

}  // namespace oddroad::traffic
