#include "engine/sim/simulation.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/road/placed_objects.h"
#include "engine/sim/animal_mover.h"
#include "engine/sim/cycling.h"
#include "engine/sim/lane_track.h"
#include "engine/sim/loose_mover.h"
#include "engine/sim/person_mover.h"
#include "engine/sim/relations.h"
#include "engine/sim/simulate.h"
#include "engine/sim/vehicle_mover.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

double initial_ego_speed(const scenario::Variant& variant) {
  const auto& drive = variant.actors.at(variant.ego).drive;
  return drive ? drive->speed_mps : 0;
}

// What goes on beside the entry before it, or changes it, and so does not wait for its end.
bool overlaps_the_last(const scenario::Action& action) {
  return action.verb == "turn_back" || action.verb == "look_at" || action.verb == "lights";
}

world::ActorState state_of(const Body& body) {
  world::ActorState out;
  out.T_world_actor = body.pose;
  out.velocity_mps = body.velocity_mps;
  out.acceleration_mps2 = body.acceleration_mps2;
  out.yaw_rate_rps = body.yaw_rate_rps;
  out.steer_rad = body.steer_rad;
  out.rolled_m = body.rolled_m;
  out.T_actor_unsprung = body.T_body_unsprung;
  out.lamps = body.lamps;
  out.articulation = body.articulation;
  return out;
}

}  // namespace

Simulation::Simulation(const scenario::Variant& variant, const road::LaneGraph& graph)
    : variant_(variant), graph_(graph), ground_(graph, {0, 0, 0}) {}

core::Result<std::unique_ptr<Simulation>> Simulation::create(const scenario::Variant& variant,
                                                             const road::LaneGraph& graph,
                                                             const SimContext& context) {
  const auto origin = choose_local_origin(variant, graph);
  if (!origin) return core::forward_error(origin);
  auto cast = make_cast(variant, context);
  if (!cast) return core::forward_error(cast);
  std::unique_ptr<Simulation> sim(new Simulation(variant, graph));
  sim->origin_ = origin->translation;
  sim->ground_.set_origin(sim->origin_);
  sim->cast_ = std::move(*cast);
  sim->bodies_ = sim->cast_.bodies;
  auto plan = place(variant, graph, sim->origin_, sim->ground_, sim->bodies_);
  if (!plan) return core::forward_error(plan);
  const core::Diagnostics problems = sim->set_up(std::move(*plan));
  if (problems.has_errors()) return tl::unexpected(problems);
  const double friction = environment_of(variant, initial_ego_speed(variant)).friction;
  sim->traffic_ = TrafficActors::create(variant, graph, sim->origin_, friction, sim->bodies_,
                                        sim->rule_drivers());
  sim->record();
  return sim;
}

// Who keeps distance of its own accord keeps the rules of the road, too.
std::vector<std::size_t> Simulation::rule_drivers() const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    const auto& drive = variant_.actors[i].drive;
    const bool follows_lanes = bodies_[i].track && !bodies_[i].track->lanes().empty();
    if (follows_lanes && drive && drive->react && drive->model != "constant") out.push_back(i);
  }
  return out;
}

core::Diagnostics Simulation::set_up(Stageplan plan) {
  core::Diagnostics problems;
  set_up_grip(plan);
  const std::size_t n = bodies_.size();
  movers_.resize(n);
  scripts_.resize(n);
  crossing_end_m_.assign(n, 0);
  states_.resize(n);
  hit_by_ego_.assign(n, false);
  facts_.emplace(variant_.ego, n);
  for (std::size_t i = 0; i < n; ++i) set_up_track(i, plan, problems);
  for (std::size_t i = 0; i < n; ++i) set_up_crossing(i, problems);
  if (problems.has_errors()) return problems;  // movers and scripts need tracks and crossings
  for (std::size_t i = 0; i < n; ++i) set_up_mover(i, plan);
  for (std::size_t i = 0; i < n; ++i) movers_[i]->follow(bodies_, 0, bodies_[i]);
  for (std::size_t i = 0; i < n; ++i) set_up_script(i, problems);
  problems.append(check_condition(variant_.end, bodies_));
  if (!problems.has_errors() && variant_.end.kind != scenario::Condition::Kind::kAlways) {
    end_.emplace(variant_.end, bodies_);
  }
  return problems;
}

bool Simulation::drives(std::size_t i) const {
  const BodyKind kind = bodies_[i].kind;
  if (kind != BodyKind::kVehicle && kind != BodyKind::kBicycle) return false;
  const scenario::VariantActor& actor = variant_.actors[i];
  return i == variant_.ego || actor.drive || !actor.actions.empty();
}

void Simulation::set_up_track(std::size_t i, const Stageplan& plan, core::Diagnostics& problems) {
  if (!drives(i)) return;
  const scenario::VariantActor& actor = variant_.actors[i];
  const PlacedLane& place = plan.lanes[i];
  Body& body = bodies_[i];
  const double speed = actor.drive ? actor.drive->speed_mps : 0;
  const double ahead = track_length_m(speed);
  if (place.at && place.against_traffic) {
    body.track =
        std::make_shared<Track>(lane_track_against(graph_, *place.at, 100, ahead, origin_));
    body.s_m = 0;
  } else if (place.at && actor.drive && !actor.drive->route.empty()) {
    std::string missed;
    body.track = std::make_shared<Track>(
        route_track(graph_, *place.at, 100, ahead, origin_, actor.drive->route, &missed));
    body.s_m = 0;
    if (!missed.empty()) {
      problems.error(actor.where, "the way of '" + actor.name + "' cannot lead to '" + missed + "'",
                     "left, right and straight at junctions, or ids of roads");
    }
  } else if (place.at) {
    body.track = std::make_shared<Track>(lane_track(graph_, *place.at, 100, ahead, origin_));
    body.s_m = 0;
  } else {
    body.track = plan.base;
    body.s_m = body.track->project(Vec2d(body.position)).s_m;
  }
  body.speed_mps = speed;
  const double curvature = body.track->curvature(body.s_m);
  const VehicleParameters vehicle = parameters_of(i);
  const double friction = grip_.at(Vec2d(body.position), speed);
  body.yaw_rate_rps = speed * curvature;
  body.steer_rad = std::atan(body.wheelbase_m * curvature);
  if (vehicle.chassis && speed > 0) {
    const ChassisMotion steady = steady_motion(
        *vehicle.chassis, {Vec2d(body.position), body.yaw_rad}, curvature, speed, friction);
    body.slip_mps = steady.slip_mps;
    body.steer_rad = steady_steer_rad(*vehicle.chassis, curvature, speed, friction);
    body.yaw_rad = math::wrap_angle(body.yaw_rad - std::atan2(steady.slip_mps, speed));
  }
  settle_on_track(body);
  body.velocity_mps = body.pose.rotation * math::Vec3d(speed, body.slip_mps, 0);
}

VehicleParameters Simulation::parameters_of(std::size_t i) const {
  const Body& body = bodies_[i];
  const CastMember& member = cast_.members[i];
  return vehicle_parameters(member.type, std::max(body.wheelbase_m, 0.5), body.height_m,
                            member.model->max_steer_rad);
}

// Long enough for the whole clip at twice the speed, and for looking ahead and stopping at its end:
// else a short clip of a fast ego would take the end of the track for that of the map.
double Simulation::track_length_m(double speed) const {
  return 2 * std::max(speed, 10.0) * variant_.max_duration_s + 100 + 0.5 * speed * speed;
}

void Simulation::set_up_grip(const Stageplan& plan) {
  grip_ = GripMap(road_cover(variant_));
  for (const scenario::FrictionPatch& patch : variant_.environment.patches) {
    const double middle = patch.from_m + 0.5 * patch.length_m;
    const Vec2d centre(plan.base->point(middle, patch.lateral_m));
    const double half = 0.5 * patch.length_m;
    grip_.add_patch(outline_at({half, half, 0.5 * patch.width_m, 0.5 * patch.width_m}, centre,
                               plan.base->at(middle).heading_rad),
                    patch.friction);
  }
}

Roadside Simulation::roadside() const {
  Roadside out;
  out.neighbour = [this](const Body& body, const std::string& side) {
    return neighbour_track(body, side);
  };
  out.route = [this](const Body& body, const std::vector<std::string>& route) {
    return track_along(body, route);
  };
  out.grip = &grip_;
  const auto base = base_position(variant_, graph_);
  const bool left_hand = base && graph_.road_of(base->lane).rule == road::TrafficRule::kLeftHand;
  out.overtaking_side = left_hand ? -1 : 1;
  return out;
}

void Simulation::set_up_crossing(std::size_t i, core::Diagnostics& problems) {
  for (const scenario::Action& action : variant_.actors[i].actions) {
    if (action.across.empty()) continue;
    for (std::size_t k = 0; k < bodies_.size(); ++k) {
      if (bodies_[k].name != action.across || !bodies_[k].track) continue;
      Body& body = bodies_[i];
      body.crossing = make_crossing(Vec2d(body.position), bodies_[k], k);
      crossing_end_m_[i] = distance_across_m(ground_, body.position, body.crossing->direction,
                                             body.crossing->lane_reach_m);
      return;
    }
    problems.error(action.where, "'" + bodies_[i].name + "' crosses the lane of '" + action.across +
                                     "', which does not drive");
    return;
  }
}

void Simulation::set_up_mover(std::size_t i, const Stageplan& plan) {
  const scenario::VariantActor& actor = variant_.actors[i];
  Body& body = bodies_[i];
  if (body.kind == BodyKind::kPerson) {
    set_up_person(i, plan);
  } else if (body.kind == BodyKind::kAnimal) {
    const double along = plan.base->at(plan.base->project(Vec2d(body.position)).s_m).heading_rad;
    movers_[i] = std::make_unique<AnimalMover>(
        animal_kind(cast_.members[i].type), ground_,
        core::RandomStream(variant_.random_key, "sim/animal/" + body.name), along,
        crossing_end_m_[i]);
  } else if (body.track) {
    const double aside = plan.lanes[i].at ? body.lateral_m : 0;
    movers_[i] = std::make_unique<VehicleMover>(
        parameters_of(i), actor.drive.value_or(scenario::Drive{}), aside, roadside(),
        Wobble(variant_.random_key, "sim/wobble/" + body.name));
  } else {
    movers_[i] = thing_mover(i);
  }
}

void Simulation::set_up_person(std::size_t i, const Stageplan& plan) {
  const scenario::VariantActor& actor = variant_.actors[i];
  Body& body = bodies_[i];
  core::RandomStream draw(variant_.random_key, "sim/gait/" + body.name);
  body.articulation.phase_offset = draw.uniform();
  PersonTraits traits;
  traits.type = cast_.members[i].type;
  traits.phase_offset = body.articulation.phase_offset;
  traits.pace = draw.normal();
  traits.along_rad = plan.base->at(plan.base->project(Vec2d(body.position)).s_m).heading_rad;
  const bool wants_crosswalk =
      std::any_of(actor.actions.begin(), actor.actions.end(), [](const scenario::Action& a) {
        return a.word("at") == "crosswalk";
      });
  if (wants_crosswalk) traits.crosswalks = crosswalks();
  movers_[i] = std::make_unique<PersonMover>(ground_, crossing_end_m_[i], traits);
  if (!actor.drive || actor.drive->speed_mps <= 0) return;
  scenario::Action walk;
  walk.verb = "walk";
  walk.speed_mps = actor.drive->speed_mps;
  movers_[i]->start(walk, bodies_, body);
}

// Middles of the map's crosswalks, local frame.
std::vector<Vec2d> Simulation::crosswalks() const {
  std::vector<Vec2d> out;
  for (const road::PlacedObject& object : road::place_objects(graph_.map()).objects) {
    if (object.kind != road::ObjectKind::kCrosswalk) continue;
    math::Vec3d middle = object.T_map_object.translation;
    if (!object.outlines.empty() && !object.outlines.front().points.empty()) {
      middle = math::Vec3d(0);
      const auto& points = object.outlines.front().points;
      for (const road::OutlinePoint& p : points)
        middle += p.base / static_cast<double>(points.size());
    }
    out.push_back(Vec2d(middle - origin_));
  }
  return out;
}

// Only what is known to come loose, or is told to, moves.
std::unique_ptr<Mover> Simulation::thing_mover(std::size_t i) const {
  const scenario::VariantActor& actor = variant_.actors[i];
  const bool carried = actor.at.kind == scenario::PlacementKind::kOn;
  const auto known = asset::prop_physics(actor.model);
  if (!known && !carried && actor.actions.empty()) return std::make_unique<ThingMover>();
  const auto physics = known ? *known : physics_of_box(cast_.members[i].model->box);
  return std::make_unique<LooseMover>(make_shape(physics), ground_, carried ? actor.at.other : "");
}

void Simulation::set_up_script(std::size_t i, core::Diagnostics& problems) {
  for (const scenario::Action& action : variant_.actors[i].actions) {
    const std::string cannot = movers_[i]->cannot(action);
    if (!cannot.empty()) {
      problems.error(action.where, "'" + bodies_[i].name + "': " + cannot);
      continue;
    }
    const core::Diagnostics wrong = check_condition(action.when, bodies_);
    if (wrong.has_errors()) {
      problems.append(wrong);
    } else {
      scripts_[i].triggers.emplace_back(action.when, bodies_);
    }
  }
}

std::shared_ptr<const Track> Simulation::neighbour_track(const Body& body,
                                                         const std::string& side) const {
  const auto at = graph_.locate(body.position + origin_);
  if (!at) return nullptr;
  const double heading = graph_.pose(*at).heading_rad;
  const bool against = std::cos(heading - body.yaw_rad) < 0;
  const bool left = (side == "left") != against;
  const road::LaneId lane = left ? graph_.drivable_left(at->lane) : graph_.drivable_right(at->lane);
  if (!lane) return nullptr;
  const auto beside = graph_.across(*at, lane);
  const double ahead = track_length_m(body.speed_mps);
  return std::make_shared<Track>(against ? lane_track_against(graph_, beside, 100, ahead, origin_)
                                         : lane_track(graph_, beside, 100, ahead, origin_));
}

RouteTrack Simulation::track_along(const Body& body, const std::vector<std::string>& route) const {
  RouteTrack out;
  const auto at = graph_.locate(body.position + origin_, true);
  if (!at) return out;
  out.track = std::make_shared<Track>(
      route_track(graph_, *at, 100, track_length_m(body.speed_mps), origin_, route, &out.missed));
  return out;
}

void Simulation::note(const std::string& what) {
  events_.push_back({stamp_ns(), what});
}

std::optional<std::string> Simulation::reason_to_end() {
  if (end_ && end_->evaluate(bodies_, time_s(), kStep_s)) return "end condition";
  if (time_s() >= variant_.max_duration_s - 1e-9) return "maximum duration";
  const Body& ego = bodies_[variant_.ego];
  if (ego.track) {
    // Before the ego would have to brake for the end of the map.
    const double room = ego.track->end_m() - front_s_m(ego) - 1.0;
    if (ego.speed_mps * ego.speed_mps / 4.0 >= std::max(room, 0.0) && ego.speed_mps > 0) {
      return "the ego's lane ends on the map";
    }
  }
  return std::nullopt;
}

void Simulation::run_scripts() {
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    Script& script = scripts_[i];
    if (script.next >= script.triggers.size()) continue;
    Trigger& trigger = script.triggers[script.next];
    const scenario::Action& action = variant_.actors[i].actions[script.next];
    const bool in_turn = trigger.is_always() && script.next > 0 && !overlaps_the_last(action);
    if (in_turn && !movers_[i]->finished()) continue;
    if (script.due_s < 0) {
      if (!trigger.evaluate(bodies_, time_s(), kStep_s)) continue;
      script.due_s = time_s() + action.number("delay", 0);
    }
    if (time_s() < script.due_s - 1e-9) continue;
    script.due_s = -1;
    const std::string what =
        action.label.empty() ? bodies_[i].name + "." + action.verb : action.label;
    note(what + " started");
    const std::string remark = movers_[i]->start(action, bodies_, bodies_[i]);
    if (!remark.empty()) note(what + ": " + remark);
    ++script.next;
  }
}

void Simulation::note_hits() {
  for (const auto& [i, k] : facts_->observe(bodies_, stamp_ns())) {
    const bool ego = i == variant_.ego || k == variant_.ego;
    const std::size_t other = i == variant_.ego ? k : i;
    if (ego && hit_by_ego_[other]) continue;
    if (ego) hit_by_ego_[other] = true;
    // Who moves hits who stands; of two that move the faster one, of the ego the ego.
    const bool first = ego ? i == variant_.ego : bodies_[i].speed_mps >= bodies_[k].speed_mps;
    note(bodies_[first ? i : k].name + " hit " + bodies_[first ? k : i].name);
  }
}

bool Simulation::step() {
  if (ended_) return false;
  note_hits();
  if (const auto reason = reason_to_end()) {
    note("end: " + *reason);
    ended_ = true;
    return false;
  }
  run_scripts();
  Bodies before = bodies_;
  if (traffic_) {
    before.insert(before.end(), traffic_->bodies().begin(), traffic_->bodies().end());
    traffic_->step(bodies_);
  }
  for (std::size_t i = 0; i < bodies_.size(); ++i) movers_[i]->step(before, kStep_s, bodies_[i]);
  for (std::size_t i = 0; i < bodies_.size(); ++i) movers_[i]->follow(bodies_, kStep_s, bodies_[i]);
  ++step_;
  record();
  return true;
}

void Simulation::record() {
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    Body& body = bodies_[i];
    if (body.kind == BodyKind::kBicycle) {
      body.articulation = cycling(body.speed_mps, body.rolled_m, body.steer_rad);
    }
    states_[i].push_back(state_of(body));
  }
}

core::Result<void> Simulation::add_traffic(world::Timeline& timeline,
                                           const SimContext& context) const {
  if (!traffic_) return {};
  return traffic_->append_to(timeline, context);
}

world::Timeline Simulation::timeline() const {
  world::Timeline out;
  out.ego = variant_.ego;
  out.end_ns = stamp_ns();
  out.environment = environment_of(variant_, initial_ego_speed(variant_));
  out.events = events_;
  out.facts = facts_->facts();
  const auto add = [&](const std::string& name, const std::string& type,
                       std::shared_ptr<const asset::Model> model, core::ClassId class_id,
                       const std::vector<world::ActorState>& states, core::InstanceId rides) {
    world::Actor actor;
    actor.id = core::InstanceId(static_cast<std::uint16_t>(out.actors.size() + 1));
    actor.name = name;
    actor.type = type;
    actor.class_id = class_id;
    actor.model = std::move(model);
    actor.states = states;
    actor.rides = rides;
    out.actors.push_back(std::move(actor));
  };
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    const CastMember& member = cast_.members[i];
    add(bodies_[i].name, member.type, member.model, member.class_id, states_[i], {});
  }
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    const CastMember& member = cast_.members[i];
    if (!member.rider) continue;
    add(bodies_[i].name + ".rider", member.rider_type, member.rider, member.rider_class, states_[i],
        out.actors[i].id);
  }
  return out;
}

}  // namespace oddroad::sim
