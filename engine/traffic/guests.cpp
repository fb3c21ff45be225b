// Vehicles that are put or moved by the caller.
#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/traffic/state.h"
#include "engine/traffic/traffic.h"

namespace oddroad::traffic {
namespace {

std::vector<int> road_indices(const road::RoadMap& map, const std::vector<std::string>& ids) {
  std::vector<int> out;
  for (const std::string& id : ids) {
    if (const int road = map.road_index(id); road >= 0) out.push_back(road);
  }
  return out;
}

}  // namespace

std::uint32_t Traffic::add(std::uint32_t model, const road::LanePosition& at, double speed_mps,
                           const std::vector<std::string>& route) {
  State& state = *state_;
  const std::uint32_t lane = at.lane.value - 1;
  if (!at.lane || lane >= state.lists.size() || model >= state.settings.models.size()) return 0;
  if (!state.lane(lane).usable) return 0;
  const std::uint32_t slot = put_vehicle(state, model, lane, at.offset_m, speed_mps, true);
  if (slot == kNobody) return 0;
  Vehicle& v = state.vehicles[slot];
  v.route = road_indices(state.net->graph().map(), route);
  v.goal = kNoLane;
  v.side = 0;
  v.path.resize(v.at + 1);
  extend_path(state, v, 80);
  return v.id;
}

GuestId Traffic::join(const VehicleModel& model, const DriverModel& driver, double speed_factor,
                      const road::LanePosition& at, const std::vector<std::string>& route) {
  State& state = *state_;
  const auto& models = state.settings.models;
  const auto same = std::find_if(models.begin(), models.end(), [&](const VehicleModel& m) {
    return m.kind == model.kind;
  });
  const std::uint32_t lane = at.lane.value - 1;
  if (!at.lane || lane >= state.lists.size() || !state.lane(lane).usable || models.empty())
    return 0;
  const auto index = static_cast<std::uint32_t>(same == models.end() ? 0 : same - models.begin());
  const std::uint32_t slot = put_vehicle(state, index, lane, at.offset_m, 0, false);
  Vehicle& v = state.vehicles[slot];
  v.guest = true;
  v.shape = model;
  v.driver = driver;
  v.speed_factor = speed_factor;
  v.front_m = model.front_overhang_m;
  v.back_m = model.train_m() - model.front_overhang_m;
  v.half_width_m = 0.5 * model.width_m;
  v.wheelbase_m = model.wheelbase_m;
  v.swath = swath_of(model);
  v.route = road_indices(state.net->graph().map(), route);
  v.goal = kNoLane;
  v.side = 0;
  v.path.resize(v.at + 1);
  extend_path(state, v, 80);
  settle_pose(state, v);
  return v.id;
}

void Traffic::place(GuestId guest, const math::Vec3d& position, double yaw_rad, double speed_mps,
                    double acceleration_mps2) {
  State& state = *state_;
  const std::uint32_t slot = slot_of(state, guest);
  ODDROAD_CHECK(slot != kNobody && state.vehicles[slot].guest);
  Vehicle& v = state.vehicles[slot];
  v.rear = position;
  v.yaw = yaw_rad;
  v.v_mps = std::max(0.0, speed_mps);
  v.a_mps2 = acceleration_mps2;
  const math::Vec3d front =
      position + v.wheelbase_m * math::Vec3d(std::cos(yaw_rad), std::sin(yaw_rad), 0);
  state.net->places(front, 0.5, state.scratch);
  // On its own way if it can be, else on the lane that it points along best.
  constexpr double kAlong_rad = 0.8;
  const Network::Place* beside = nullptr;
  for (std::uint32_t i = v.at > 0 ? v.at - 1 : 0; i < v.path.size() && i < v.at + 4; ++i) {
    for (const Network::Place& place : state.scratch) {
      if (place.lane != v.path[i].lane) continue;
      v.at = i;
      v.p_m = v.path[i].start_m + place.offset_m;
      v.lateral_m = place.lateral_m;
      return;
    }
  }
  double best = kAlong_rad;
  for (const Network::Place& place : state.scratch) {
    const double heading = state.net->lanes().at(place.lane, place.offset_m).heading_rad;
    const double off = std::abs(math::wrap_angle(heading - yaw_rad));
    if (off >= best) continue;
    best = off;
    beside = &place;
  }
  if (beside == nullptr) return;
  release_passage(state, slot);
  const Network::Place place = *beside;
  v.path = {{place.lane, v.p_m - place.offset_m}};
  v.at = 0;
  v.lateral_m = place.lateral_m;
  extend_path(state, v, 80);
}

GuestDemand Traffic::demand(GuestId guest) const {
  const std::uint32_t slot = slot_of(*state_, guest);
  ODDROAD_CHECK(slot != kNobody);
  const Vehicle& v = state_->vehicles[slot];
  const int side = v.intent != 0 ? v.intent : v.turning;
  const int change_to = v.goal == kNoLane ? 0 : v.side;
  return {v.wanted_mps2, side > 0, side < 0, change_to, reason_text(*state_, v)};
}

void Traffic::leave(GuestId guest) {
  const std::uint32_t slot = slot_of(*state_, guest);
  if (slot != kNobody) remove_vehicle(*state_, slot);
}

}  // namespace oddroad::traffic
