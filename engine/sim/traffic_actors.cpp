#include "engine/sim/traffic_actors.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/random.h"
#include "engine/sim/cycling.h"
#include "engine/sim/simulate.h"
#include "engine/world/lights.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using math::Vec3d;

constexpr double kRoom_m = 12;  // before and behind whoever the scenario places

world::SignalState shown(traffic::LightState state) {
  switch (state) {
    case traffic::LightState::kRed:
      return world::SignalState::kRed;
    case traffic::LightState::kRedYellow:
      return world::SignalState::kRedYellow;
    case traffic::LightState::kYellow:
      return world::SignalState::kYellow;
    case traffic::LightState::kGreen:
      return world::SignalState::kGreen;
  }
  return world::SignalState::kOff;
}

math::Pose pose_of(const Vec3d& position, double yaw, double pitch, double roll) {
  return {math::from_yaw_pitch_roll(yaw, pitch, roll), position};
}

// It goes where its heading points, but up and down as the road does below its origin: over a crest
// a body's pitch, from the road below both axles, is not that.
world::ActorState state_of(const traffic::VehicleView& view, const Vec3d& origin, bool ridden,
                           const world::ActorState* before) {
  world::ActorState out;
  out.T_world_actor = pose_of(view.position - origin, view.yaw_rad, view.pitch_rad, view.roll_rad);
  out.velocity_mps = view.speed_mps * (out.T_world_actor.rotation * Vec3d(1, 0, 0));
  if (before != nullptr) {
    const Vec3d way = out.T_world_actor.translation - before->T_world_actor.translation;
    out.velocity_mps.z = way.z / kStep_s;
  }
  out.acceleration_mps2 = view.acceleration_mps2;
  out.yaw_rate_rps = view.yaw_rate_rps;
  out.steer_rad = view.steer_rad;
  out.rolled_m = view.rolled_m;
  out.lamps.beam = view.headlamps ? world::Lamps::Beam::kLow : world::Lamps::Beam::kOff;
  out.lamps.brake = view.brake_lamp;
  out.lamps.indicator_left = view.indicator_left || view.hazard;
  out.lamps.indicator_right = view.indicator_right || view.hazard;
  if (ridden) out.articulation = cycling(view.speed_mps, view.rolled_m, view.steer_rad);
  return out;
}

// A trailer follows: its speed is that of its axle along its own axis.
world::ActorState trailer_state(const traffic::VehicleView& view, const Vec3d& origin,
                                const world::ActorState* before) {
  world::ActorState out;
  const traffic::TrailerView& trailer = *view.trailer;
  out.T_world_actor =
      pose_of(trailer.position - origin, trailer.yaw_rad, trailer.pitch_rad, trailer.roll_rad);
  out.acceleration_mps2 = view.acceleration_mps2;
  out.lamps.beam = view.headlamps ? world::Lamps::Beam::kPosition : world::Lamps::Beam::kOff;
  out.lamps.brake = view.brake_lamp;
  out.lamps.indicator_left = view.indicator_left || view.hazard;
  out.lamps.indicator_right = view.indicator_right || view.hazard;
  if (before == nullptr) {  // in the direction of the hitch, as far as the trailer can follow it
    const double along = view.speed_mps * std::cos(view.yaw_rad - trailer.yaw_rad);
    out.velocity_mps = along * (out.T_world_actor.rotation * Vec3d(1, 0, 0));
    return out;
  }
  const Vec3d way = out.T_world_actor.translation - before->T_world_actor.translation;
  out.velocity_mps = way / kStep_s;
  out.rolled_m = before->rolled_m + glm::length(way);
  const double turned =
      math::wrap_angle(trailer.yaw_rad - math::yaw_of(before->T_world_actor.rotation));
  out.yaw_rate_rps = turned / kStep_s;
  return out;
}

// Where nothing may appear: a body's place and room before and behind it.
traffic::Polygon room_of(const Body& body, const Vec3d& origin) {
  Outline outline = body.outline();
  outline.half_length_m += kRoom_m;
  outline.half_width_m += 0.5;
  traffic::Polygon room;
  for (const Vec2d& p : outline.corners()) room.push_back(Vec3d(p, body.position.z) + origin);
  return room;
}

traffic::VehicleModel measures_of(const Body& body) {
  traffic::VehicleModel out;
  const Footprint& f = body.footprint;
  out.kind = body.kind == BodyKind::kBicycle ? traffic::VehicleClass::kBicycle
             : f.length_m() > 7              ? traffic::VehicleClass::kTruck
                                             : traffic::VehicleClass::kCar;
  out.name = body.name;
  out.length_m = f.length_m();
  out.width_m = f.width_m();
  out.height_m = body.height_m;
  out.wheelbase_m = std::max(body.wheelbase_m, 0.5);
  out.front_overhang_m = std::max(f.front_m - out.wheelbase_m, 0.0);
  return out;
}

// The roads that a track leads over from s on, each once in a row.
std::vector<std::string> roads_of(const Track& track, double s_m, const road::LaneGraph& graph) {
  std::vector<std::string> out;
  const auto& lanes = track.lanes();
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (i + 1 < lanes.size() && lanes[i + 1].s_m <= s_m) continue;
    const std::string& id = graph.road_of(lanes[i].lane).id;
    if (out.empty() || out.back() != id) out.push_back(id);
  }
  return out;
}

}  // namespace

TrafficActors::TrafficActors(const scenario::Variant& variant, const road::LaneGraph& graph,
                             const Vec3d& origin)
    : origin_(origin), ego_(variant.ego), network_(graph), graph_(graph) {}

std::unique_ptr<TrafficActors> TrafficActors::create(const scenario::Variant& variant,
                                                     const road::LaneGraph& graph,
                                                     const Vec3d& origin, double friction,
                                                     const Bodies& scripted,
                                                     const std::vector<std::size_t>& drivers) {
  const road::RoadMap& map = graph.map();
  const bool flows = variant.traffic.density_per_km > 0;
  const bool meets = !drivers.empty() && !map.junctions.empty();
  const bool lit = std::any_of(map.roads.begin(), map.roads.end(), [](const road::Road& road) {
    return !road.signals.empty();
  });
  if (!flows && !meets && !lit) return nullptr;
  std::unique_ptr<TrafficActors> out(new TrafficActors(variant, graph, origin));
  if (flows || !drivers.empty()) {
    if (flows) out->fleet_ = make_fleet(core::hash64("sim/traffic/fleet", variant.random_key));
    traffic::Settings settings = out->settings(variant, friction);
    settings.area =
        traffic::Area{scripted.at(variant.ego).position + origin, variant.traffic.radius_m};
    for (const Body& body : scripted) settings.keep_clear.push_back(room_of(body, origin));
    out->traffic_ = std::make_unique<traffic::Traffic>(
        out->network_, std::move(settings), core::hash64("sim/traffic", variant.random_key),
        out->external(scripted));
    for (const std::size_t body : drivers) out->guests_.push_back({body, 0, nullptr});
    for (Guest& guest : out->guests_) out->place(guest, scripted[guest.body]);
  }
  out->look();
  out->see_lights();
  return out;
}

traffic::Settings TrafficActors::settings(const scenario::Variant& variant, double friction) const {
  traffic::Settings out;
  out.density_per_km = variant.traffic.density_per_km;
  out.sight_m = variant.traffic.sight_m;
  out.friction = friction;
  out.headlamps = world::headlamps_wanted(environment_of(variant, 0));
  if (fleet_.empty()) return out;
  out.models.clear();
  for (const FleetVehicle& vehicle : fleet_) out.models.push_back(vehicle.measures);
  out.shares = shares_of(variant.traffic.mix, fleet_);
  return out;
}

// Joins anew where the body follows another track than before.
void TrafficActors::place(Guest& guest, const Body& body) {
  constexpr double kWantsMore = 3;  // its own speed is the scenario's business, not the limit's
  if (guest.id != 0 && guest.track != body.track) {
    traffic_->leave(guest.id);
    guest.id = 0;
  }
  const double front_m = std::max(body.wheelbase_m, 0.5);
  if (guest.id == 0 && body.track && !body.track->lanes().empty()) {
    const Vec3d front = body.position + origin_ + Vec3d(front_m * body.forward(), 0);
    const auto at = graph_.locate(front, true);
    if (at) {
      const traffic::VehicleModel measures = measures_of(body);
      guest.id = traffic_->join(measures, traffic::default_driver(measures.kind), kWantsMore, *at,
                                roads_of(*body.track, body.s_m + front_m, graph_));
      guest.track = body.track;
    }
  }
  if (guest.id == 0) return;
  traffic_->place(guest.id, body.position + origin_, body.yaw_rad, body.speed_mps,
                  body.acceleration_mps2);
}

std::vector<traffic::ExternalBody> TrafficActors::external(const Bodies& scripted) const {
  std::vector<bool> is_guest(scripted.size(), false);
  for (const Guest& guest : guests_) is_guest[guest.body] = guest.id != 0;
  std::vector<traffic::ExternalBody> out;
  for (std::size_t i = 0; i < scripted.size(); ++i) {
    if (is_guest[i]) continue;
    const Body& body = scripted[i];
    traffic::ExternalBody one;
    one.kind = body.kind == BodyKind::kVehicle || body.kind == BodyKind::kBicycle
                   ? traffic::BodyKind::kVehicle
               : body.kind == BodyKind::kThing ? traffic::BodyKind::kThing
                                               : traffic::BodyKind::kPerson;
    const Vec2d forward = body.forward();
    const Vec2d left(-forward.y, forward.x);
    const Footprint& f = body.footprint;
    const Vec2d middle = Vec2d(body.position) + 0.5 * (f.front_m - f.rear_m) * forward +
                         0.5 * (f.left_m - f.right_m) * left;
    one.centre = Vec3d(middle, body.position.z) + origin_;
    one.yaw_rad = body.yaw_rad;
    one.velocity_mps = Vec2d(body.velocity_mps);
    one.half_length_m = 0.5 * f.length_m();
    one.half_width_m = 0.5 * f.width_m();
    out.push_back(one);
  }
  return out;
}

void TrafficActors::step(Bodies& scripted) {
  ++step_;
  if (traffic_) {
    for (Guest& guest : guests_) place(guest, scripted[guest.body]);
    const std::vector<traffic::ExternalBody> others = external(scripted);
    const traffic::Viewer ego{scripted.at(ego_).position + origin_};
    traffic_->step(kStep_s, {others, {&ego, 1}, nullptr, ego.position});
    look();
    for (const Guest& guest : guests_) {
      scripted[guest.body].rules_mps2 = guest.id != 0 ? traffic_->demand(guest.id).acceleration_mps2
                                                      : std::numeric_limits<double>::infinity();
    }
  }
  see_lights();
}

bool TrafficActors::is_guest(std::uint32_t vehicle) const {
  return std::any_of(guests_.begin(), guests_.end(), [&](const Guest& guest) {
    return guest.id == vehicle;
  });
}

void TrafficActors::look() {
  if (!traffic_) return;
  traffic_->vehicles(views_);
  bodies_.clear();
  for (const traffic::VehicleView& view : views_) {
    if (is_guest(view.id)) continue;
    const FleetVehicle& vehicle = fleet_[view.model];
    auto [entry, is_new] = lives_.try_emplace(view.id);
    Life& life = entry->second;
    if (is_new) {
      life.model = view.model;
      life.first_step = step_;
    }
    const world::ActorState* last = life.states.empty() ? nullptr : &life.states.back();
    life.states.push_back(state_of(view, origin_, vehicle.rider.has_value(), last));
    if (view.trailer) {
      const world::ActorState* before =
          life.trailer_states.empty() ? nullptr : &life.trailer_states.back();
      life.trailer_states.push_back(trailer_state(view, origin_, before));
    }
    bodies_.push_back(body_of(view, life.states.back()));
    if (view.trailer) bodies_.push_back(trailer_body(view, life.trailer_states.back()));
  }
}

Body TrafficActors::body_of(const traffic::VehicleView& view,
                            const world::ActorState& state) const {
  const FleetVehicle& vehicle = fleet_[view.model];
  const traffic::VehicleModel& m = vehicle.measures;
  Body out;
  out.name = "traffic." + std::to_string(view.id);
  out.kind = vehicle.rider ? BodyKind::kBicycle : BodyKind::kVehicle;
  out.footprint = {m.wheelbase_m + m.front_overhang_m, m.rear_overhang_m(), 0.5 * m.width_m,
                   0.5 * m.width_m};
  out.wheelbase_m = m.wheelbase_m;
  out.height_m = m.height_m;
  out.position = state.T_world_actor.translation;
  out.yaw_rad = view.yaw_rad;
  out.pose = state.T_world_actor;
  out.speed_mps = view.speed_mps;
  out.velocity_mps = state.velocity_mps;
  out.acceleration_mps2 = view.acceleration_mps2;
  out.yaw_rate_rps = view.yaw_rate_rps;
  return out;
}

Body TrafficActors::trailer_body(const traffic::VehicleView& view,
                                 const world::ActorState& state) const {
  const traffic::TrailerModel& m = fleet_[view.model].measures.trailer;
  Body out;
  out.name = "traffic." + std::to_string(view.id) + ".trailer";
  out.carried_by = "traffic." + std::to_string(view.id);
  out.kind = BodyKind::kVehicle;
  out.footprint = {m.wheelbase_m + m.front_m, m.rear_m() - m.wheelbase_m, 0.5 * m.width_m,
                   0.5 * m.width_m};
  out.height_m = m.height_m;
  out.position = state.T_world_actor.translation;
  out.yaw_rad = view.trailer->yaw_rad;
  out.pose = state.T_world_actor;
  out.speed_mps = view.speed_mps;
  out.velocity_mps = state.velocity_mps;
  return out;
}

void TrafficActors::see_lights() {
  const auto& heads = network_.controls().heads;
  lights_.resize(heads.size());
  const double time_s = static_cast<double>(step_) * kStep_s;
  for (std::uint32_t i = 0; i < heads.size(); ++i) {
    world::SignalTrack& track = lights_[i];
    const world::SignalState now = shown(network_.head_state(i, time_s));
    track.signal_id = heads[i].signal_id;
    if (track.changes.empty() || track.changes.back().state != now) {
      track.changes.push_back({step_ * world::kStepNs, now});
    }
  }
}

namespace {

// Makes actors of the timeline from the catalog's models.
class Appender {
 public:
  Appender(world::Timeline& timeline, const SimContext& context)
      : timeline_(timeline), context_(context) {}

  core::InstanceId add(const std::string& name, const asset::ModelRequest& request,
                       std::int64_t first_step, const std::vector<world::ActorState>& states,
                       core::InstanceId rides) {
    world::Actor actor;
    actor.id = core::InstanceId(static_cast<std::uint16_t>(timeline_.actors.size() + 1));
    actor.name = name;
    actor.type = request.type;
    actor.rides = rides;
    actor.first_step = first_step;
    actor.states = states;
    const auto model = context_.outlines_only ? context_.models->outline(request)
                                              : context_.models->model(request);
    if (!model) {
      problems_.append(model.error());
      return {};
    }
    actor.model = *model;
    if (!context_.outlines_only) {
      const auto* found = context_.ontology->find((*model)->class_name);
      if (found == nullptr) {
        problems_.error({}, "'" + request.type + "' is of class '" + (*model)->class_name +
                                "', which the ontology lacks");
        return {};
      }
      actor.class_id = found->id;
    }
    timeline_.actors.push_back(std::move(actor));
    return timeline_.actors.back().id;
  }
  [[nodiscard]] const core::Diagnostics& problems() const { return problems_; }

 private:
  world::Timeline& timeline_;
  const SimContext& context_;
  core::Diagnostics problems_;
};

}  // namespace

core::Result<void> TrafficActors::append_to(world::Timeline& timeline,
                                            const SimContext& context) const {
  Appender out(timeline, context);
  if (!context.outlines_only) {  // side by side, and kept by the source for the loop below
    std::vector<asset::ModelRequest> requests;
    for (const auto& [id, life] : lives_) {
      const FleetVehicle& vehicle = fleet_[life.model];
      requests.push_back(vehicle.model);
      if (vehicle.rider) requests.push_back(*vehicle.rider);
      if (vehicle.trailer) requests.push_back(*vehicle.trailer);
    }
    (void)make_models(*context.models, requests);
  }
  for (const auto& [id, life] : lives_) {
    const FleetVehicle& vehicle = fleet_[life.model];
    const std::string name = "traffic." + std::to_string(id);
    const auto mount = out.add(name, vehicle.model, life.first_step, life.states, {});
    if (vehicle.rider)
      out.add(name + ".rider", *vehicle.rider, life.first_step, life.states, mount);
    if (vehicle.trailer) {
      out.add(name + ".trailer", *vehicle.trailer, life.first_step, life.trailer_states, {});
    }
  }
  if (out.problems().has_errors()) return tl::unexpected(out.problems());
  timeline.signals = lights_;
  std::sort(timeline.signals.begin(), timeline.signals.end(), [](const auto& a, const auto& b) {
    return a.signal_id < b.signal_id;
  });
  return {};
}

}  // namespace oddroad::sim
