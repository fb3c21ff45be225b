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

}  // namespace

Traffic::Traffic(const Network& network, Settings settings, std::uint64_t key,
                 std::span<const ExternalBody> bodies)
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
  state.bodies.assign(bodies.begin(), bodies.end());
  rebuild_lists(state);
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

std::vector<road::LaneId> Traffic::way(std::uint32_t id) const {
  std::vector<road::LaneId> out;
  const std::uint32_t slot = slot_of(*state_, id);
  if (slot == kNobody) return out;
  for (const PathItem& item : state_->vehicles[slot].path) out.emplace_back(item.lane + 1);
  return out;
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

std::uint32_t slot_of(const State& state, std::uint32_t id) {
  for (const std::uint32_t slot : state.order) {
    if (state.vehicles[slot].id == id) return slot;
  }
  return kNobody;
}

}  // namespace oddroad::traffic
