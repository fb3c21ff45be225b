// How many vehicles there are, and where they appear and vanish.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

using math::Vec3d;

constexpr double kLeastLane_m = 12;
constexpr int kTriesPerVehicle = 30;
constexpr std::size_t kRefillTries = 6, kMostTries = 60;  // each second
constexpr double kBeyondArea_m = 60;
constexpr int kSettlingPasses = 6;
constexpr double kSettlingLook_m = 200;
constexpr double kSettledBraking_mps2 = -0.5;
constexpr double kBicycleLaneWeight = 2;

ClassShares shares_at(const State& state, const Lane& lane, double offset_m) {
  if (state.settings.shares) return *state.settings.shares;
  const LaneSample* all = state.net->lanes().samples(lane);
  const auto i =
      std::min(static_cast<std::uint32_t>(offset_m * lane.per_spacing_1pm), lane.samples - 1);
  const road::Road& road = state.net->graph().map().roads[static_cast<std::size_t>(lane.road)];
  return default_shares(road.type_at(all[i].s_m));
}

// A model by the shares of its class and its own weight; kNobody if none fits.
std::uint32_t draw_model(State& state, std::uint32_t lane, double offset_m) {
  const ClassShares shares = shares_at(state, state.lane(lane), offset_m);
  std::array<double, kVehicleClasses> sums{};
  const auto& models = state.settings.models;
  for (const VehicleModel& m : models) sums[static_cast<std::size_t>(m.kind)] += m.weight;
  const auto weight = [&](std::size_t m) {
    const auto kind = static_cast<std::size_t>(models[m].kind);
    if ((state.fits[lane] >> m & 1u) == 0 || sums[kind] <= 0) return 0.0;
    return shares[kind] * models[m].weight / sums[kind];
  };
  double total = 0;
  for (std::size_t m = 0; m < models.size(); ++m) total += weight(m);
  const double pick = state.spawn.uniform() * total;
  if (total <= 0) return kNobody;
  double sum = 0;
  for (std::size_t m = 0; m < models.size(); ++m) {
    sum += weight(m);
    if (pick <= sum && weight(m) > 0) return static_cast<std::uint32_t>(m);
  }
  return kNobody;
}

std::uint32_t draw_lane(State& state) {
  if (state.spawn_lanes.empty()) return kNoLane;
  const double pick = state.spawn.uniform() * state.spawn_weights.back();
  const auto found = std::lower_bound(state.spawn_weights.begin(), state.spawn_weights.end(), pick);
  return state.spawn_lanes[static_cast<std::size_t>(found - state.spawn_weights.begin())];
}

bool is_in_area(const State& state, const Vec3d& p, double margin) {
  if (!state.settings.area) return true;
  return glm::length(math::Vec2d(p - state.settings.area->centre)) <=
         state.settings.area->radius_m + margin;
}

void count_target(State& state) {
  double metres = 0;
  constexpr std::uint32_t kStride = 10;
  for (const Lane& lane : state.net->lanes().lanes()) {
    if (!lane.usable || lane.for_bicycles) continue;
    if (!state.settings.area) {
      metres += lane.end_m - lane.begin_m;
      continue;
    }
    const LaneSample* all = state.net->lanes().samples(lane);
    for (std::uint32_t i = 0; i < lane.samples; i += kStride) {
      if (is_in_area(state, {all[i].x, all[i].y, all[i].z}, 0)) {
        metres += std::min(kStride * lane.spacing_m, lane.length_m);
      }
    }
  }
  state.target_count = std::min(state.settings.density_per_km * metres / 1000,
                                static_cast<double>(state.settings.most_vehicles));
}

// One try at a random place.
bool try_spawn(State& state, bool at_entry, bool must_be_unseen) {
  const std::uint32_t lane = at_entry ? state.entry_lanes[state.spawn.below(
                                            static_cast<std::uint32_t>(state.entry_lanes.size()))]
                                      : draw_lane(state);
  const double u = state.spawn.uniform();
  if (lane == kNoLane) return false;
  const Lane& here = state.lane(lane);
  double offset = here.begin_m + u * (here.end_m - here.begin_m);
  const std::uint32_t model = draw_model(state, lane, offset);
  if (model == kNobody) return false;
  const VehicleModel& shape = state.settings.models[model];
  if (at_entry) offset = here.begin_m + shape.train_m() - shape.front_overhang_m + 0.5;
  const Vec3d p = state.net->lanes().at(lane, offset).position;
  if (!is_in_area(state, p, 0) || (must_be_unseen && !is_unseen(state, p))) return false;
  return put_vehicle(state, model, lane, offset, -1, true) != kNobody;
}

// Speeds drawn one by one may not fit each other: whoever would brake for its leader slows down
// before the first step.
void settle_speeds(State& state) {
  for (int pass = 0; pass < kSettlingPasses; ++pass) {
    for (const std::uint32_t slot : state.order) {
      Vehicle& v = state.vehicles[slot];
      const Ahead leader =
          leader_from(state, v.lane(), v.offset() + v.front_m, kSettlingLook_m, slot);
      if (leader.who == kNobody) continue;
      const double theirs =
          leader.who < kExternal ? state.vehicles[leader.who].v_mps : leader.speed_mps;
      const auto brakes = [&] {
        return calm_idm_acceleration(v.driver.idm, v.v_mps, 0, leader.gap_m, theirs, 0);
      };
      while (v.v_mps > 0.5 && brakes() < kSettledBraking_mps2) v.v_mps *= 0.95;
    }
  }
}

}  // namespace

bool is_unseen(const State& state, const Vec3d& p) {
  const bool far = std::none_of(state.viewers.begin(), state.viewers.end(), [&](const Viewer& v) {
    return glm::length(v.position - p) < state.settings.sight_m;
  });
  if (far) return true;
  constexpr double kVehicleRadius_m = 9;
  return state.hidden != nullptr && *state.hidden && (*state.hidden)(p, kVehicleRadius_m);
}

void prepare_demand(State& state) {
  state.fits = find_fits(state.net->lanes(), state.settings.models);
  double sum = 0;
  for (std::uint32_t i = 0; i < state.net->lanes().lanes().size(); ++i) {
    const Lane& lane = state.lane(i);
    if (!lane.usable || lane.junction >= 0 || lane.end_m - lane.begin_m < kLeastLane_m) continue;
    double weight = lane.end_m - lane.begin_m;
    if (lane.for_bicycles) {
      const auto bicycle = static_cast<std::size_t>(VehicleClass::kBicycle);
      weight *= kBicycleLaneWeight * shares_at(state, lane, 0)[bicycle];
    } else if (lane.map_begins) {
      state.entry_lanes.push_back(i);
    }
    sum += weight;
    state.spawn_lanes.push_back(i);
    state.spawn_weights.push_back(sum);
  }
  count_target(state);
}

void fill(State& state) {
  const auto wanted = static_cast<std::size_t>(std::llround(state.target_count));
  for (std::size_t tries = 0; state.order.size() < wanted && tries < wanted * kTriesPerVehicle;
       ++tries) {
    try_spawn(state, false, false);
  }
  settle_speeds(state);
}

void refill(State& state) {
  if (state.settings.area) count_target(state);
  if (!state.settings.refill) return;
  const auto wanted = static_cast<std::size_t>(std::llround(state.target_count));
  const bool entries = !state.entry_lanes.empty() && !state.settings.area;
  if (state.order.size() >= wanted) return;
  const std::size_t tries = std::min(kRefillTries + 2 * (wanted - state.order.size()), kMostTries);
  for (std::size_t i = 0; i < tries && state.order.size() < wanted; ++i) {
    try_spawn(state, entries, true);
  }
}

void remove_leavers(State& state) {
  for (std::size_t i = state.order.size(); i-- > 0;) {
    const std::uint32_t slot = state.order[i];
    const Vehicle& v = state.vehicles[slot];
    if (v.guest) continue;
    const Lane& last = state.lane(v.path.back().lane);
    const bool at_end = last.map_ends && v.p_m >= v.path.back().start_m + last.end_m - 0.05;
    const bool outside =
        state.settings.area && state.steps % 100 == 0 && !is_in_area(state, v.rear, kBeyondArea_m);
    if ((at_end || outside) && is_unseen(state, v.rear)) remove_vehicle(state, slot);
  }
}

}  // namespace oddroad::traffic
