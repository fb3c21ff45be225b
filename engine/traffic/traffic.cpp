#include "engine/traffic/traffic.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

constexpr std::int64_t kDecisionEvery = 10;  // steps, staggered by slot
constexpr std::int64_t kRefillEvery = 100;
constexpr double kLongestStep_s = 0.02;

void update_lights(State& state) {
  for (std::uint32_t i = 0; i < state.lights.size(); ++i) {
    state.lights[i] = state.net->head_state(i, state.time_s);
  }
}

VehicleView view_of(const Vehicle& v, const Settings& settings) {
  VehicleView out;
  out.id = v.id;
  out.model = v.model;
  out.kind = v.kind;
  out.position = v.rear;
  out.yaw_rad = v.yaw;
  out.pitch_rad = v.pitch;
  out.roll_rad = v.roll;
  out.speed_mps = v.v_mps;
  out.acceleration_mps2 = v.a_mps2;
  out.steer_rad = v.steer;
  out.yaw_rate_rps = v.v_mps * std::tan(v.steer) / v.wheelbase_m;
  out.rolled_m = v.rolled_m;
  out.changing_lane = v.change_side != 0 || v.from_lane != kNoLane;
  int side = v.turning;
  if (v.change_side != 0) side = v.change_side;
  if (v.intent != 0) side = v.intent;
  out.hazard = v.hazard;
  out.indicator_left = side > 0 || v.hazard;
  out.indicator_right = side < 0 || v.hazard;
  out.brake_lamp = v.braking_lamp;
  out.headlamps = settings.headlamps;
  if (v.shape.has_trailer) {
    out.trailer = TrailerView{v.trailer_axle, v.trailer_yaw, v.trailer_pitch, v.roll};
  }
  out.lane = {road::LaneId(v.lane() + 1), v.offset()};
  out.lateral_m = v.lateral_m;
  return out;
}

std::vector<int> road_indices(const road::RoadMap& map, const std::vector<std::string>& ids) {
  std::vector<int> out;
  for (const std::string& id : ids) {
    if (const int road = map.road_index(id); road >= 0) out.push_back(road);
  }
  return out;
}

std::uint32_t slot_of(const State& state, std::uint32_t id) {
  for (const std::uint32_t slot : state.order) {
    if (state.vehicles[slot].id == id) return slot;
  }
  return kNobody;
}

}  // namespace

Traffic::Traffic(const Network& network, Settings settings, std::uint64_t key)
    : state_(std::make_unique<State>(network, std::move(settings), key)) {
  State& state = *state_;
  const std::size_t lanes = network.lanes().lanes().size();
  state.lists.resize(lanes);
  state.claims.resize(lanes);
  state.approaches.resize(lanes);
  state.lights.resize(network.controls().heads.size());
  update_lights(state);
  find_crosswalk_lanes(state);
  prepare_demand(state);
  fill(state);
}

Traffic::~Traffic() = default;
Traffic::Traffic(Traffic&&) noexcept = default;
Traffic& Traffic::operator=(Traffic&&) noexcept = default;

void Traffic::step(double dt_s, const Surroundings& around) {
  ODDROAD_CHECK(dt_s > 0 && dt_s <= kLongestStep_s);
  State& state = *state_;
  read_surroundings(state, around);
  if (state.steps % kDecisionEvery == 0) update_lights(state);
  rebuild_lists(state);
  for (const std::uint32_t slot : state.order) {
    if ((state.steps + slot) % kDecisionEvery == 0) decide(state, slot);
  }
  for (const std::uint32_t slot : state.order) {
    if (!state.vehicles[slot].guest) move(state, state.vehicles[slot], dt_s);
  }
  ++state.steps;
  state.time_s += dt_s;
  remove_leavers(state);
  if (state.steps % kRefillEvery == 0) refill(state);
}

double Traffic::time_s() const {
  return state_->time_s;
}
std::size_t Traffic::count() const {
  return state_->order.size();
}

void Traffic::vehicles(std::vector<VehicleView>& out) const {
  out.clear();
  for (const std::uint32_t slot : state_->order) {
    out.push_back(view_of(state_->vehicles[slot], state_->settings));
  }
}

std::vector<VehicleView> Traffic::vehicles() const {
  std::vector<VehicleView> out;
  vehicles(out);
  return out;
}

std::optional<SignalState> Traffic::signal_state(std::string_view signal_id) const {
  return state_->net->state_of(signal_id, state_->time_s);
}

std::string Traffic::reason(std::uint32_t id) const {
  const std::uint32_t slot = slot_of(*state_, id);
  return slot == kNobody ? std::string{} : reason_text(*state_, state_->vehicles[slot]);
}

std::vector<Traffic::Standing> Traffic::standing(double longer_than_s) const {
  std::vector<Standing> out;
  for (const std::uint32_t slot : state_->order) {
    const Vehicle& v = state_->vehicles[slot];
    const double for_s =
        v.still_since_s < 0 || v.v_mps >= 0.1 ? 0.0 : state_->time_s - v.still_since_s;
    if (for_s > longer_than_s) out.push_back({v.id, for_s, reason_text(*state_, v)});
  }
  return out;
}

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
  return {v.wanted_mps2, side > 0, side < 0, reason_text(*state_, v)};
}

void Traffic::leave(GuestId guest) {
  const std::uint32_t slot = slot_of(*state_, guest);
  if (slot != kNobody) remove_vehicle(*state_, slot);
}

}  // namespace oddroad::traffic
