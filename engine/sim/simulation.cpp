#include "engine/sim/simulation.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/cycling.h"
#include "engine/sim/parked.h"
#include "engine/sim/relations.h"
#include "engine/sim/simulate.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

double initial_ego_speed(const scenario::Variant& variant) {
  const auto& drive = variant.actors.at(variant.ego).drive;
  return drive ? drive->speed_mps : 0;
}

// `before`: its last state, or null.
world::ActorState state_of(const Body& body, const world::ActorState* before) {
  world::ActorState out;
  out.T_world_actor = body.pose;
  out.velocity_mps = body.velocity_mps;
  out.acceleration_mps2 = body.acceleration_mps2;
  if (before != nullptr) {  // of what was recorded, whoever moved it and whatever it meant to do
    const math::Vec3d change = body.velocity_mps - before->velocity_mps;
    out.acceleration_mps2 = glm::dot(change, math::Vec3d(body.forward(), 0)) / kStep_s;
  }
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
  auto sim = place_actors(variant, graph, context);
  if (!sim) return sim;
  Simulation& made = **sim;
  const double friction = environment_of(variant, initial_ego_speed(variant)).friction;
  made.traffic_ = TrafficActors::create(variant, graph, made.origin_, friction, made.bodies_,
                                        made.rule_drivers());
  made.record();
  return sim;
}

std::optional<core::Diagnostics> Simulation::placement_problem(const scenario::Variant& variant,
                                                               const road::LaneGraph& graph,
                                                               const SimContext& context) {
  const auto sim = set_out(variant, graph, context);
  if (sim) return std::nullopt;
  return sim.error();
}

core::Result<std::unique_ptr<Simulation>> Simulation::place_actors(const scenario::Variant& variant,
                                                                   const road::LaneGraph& graph,
                                                                   const SimContext& context) {
  auto sim = set_out(variant, graph, context);
  if (sim) (*sim)->park_cars();
  return sim;
}

core::Result<std::unique_ptr<Simulation>> Simulation::set_out(const scenario::Variant& variant,
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
  sim->base_ = plan->base;
  const core::Diagnostics problems = sim->set_up(std::move(*plan));
  if (problems.has_errors()) return tl::unexpected(problems);
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

void Simulation::note(const std::string& what) {
  events_.push_back({stamp_ns(), what});
}

std::optional<std::string> Simulation::reason_to_end() {
  if (end_ && end_->evaluate(bodies_, time_s(), kStep_s, starts_)) return kEndCondition;
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

void Simulation::note_hits() {
  std::vector<const Body*> all;
  for (const Body& body : bodies_) all.push_back(&body);
  if (traffic_) {
    for (const Body& body : traffic_->bodies()) all.push_back(&body);
  }
  for (const auto& [i, k] : facts_->observe(all, stamp_ns())) {
    const bool ego = i == variant_.ego || k == variant_.ego;
    const std::string& other = all[i == variant_.ego ? k : i]->name;
    if (ego && !hit_by_ego_.insert(other).second) continue;
    // Who moves hits who stands; of two that move the faster one, of the ego the ego.
    const bool first = ego ? i == variant_.ego : all[i]->speed_mps >= all[k]->speed_mps;
    note(all[first ? i : k]->name + " hit " + all[first ? k : i]->name);
  }
}

void Simulation::note_parked_hits() {
  std::vector<double> radii_m;
  for (const Body& body : bodies_) radii_m.push_back(body.footprint.radius_m());
  for (std::size_t k = 0; k < parked_bodies_.size(); ++k) {
    if (parked_hit_[k]) continue;
    const double radius_m = parked_bodies_[k].footprint.radius_m();
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      const Body& body = bodies_[i];
      const double reach = radii_m[i] + radius_m;
      const Vec2d between(body.position - parked_bodies_[k].position);
      if (glm::dot(between, between) > reach * reach) continue;
      if (!touches(body, parked_bodies_[k])) continue;
      parked_hit_[k] = true;
      note(body.name + " hit " + parked_bodies_[k].name);
      break;
    }
  }
}

// With the parked cars near any of them.
Bodies Simulation::with_parked(Bodies bodies) const {
  constexpr double kNear_m = 40;
  for (const Body& car : parked_bodies_) {
    const bool is_near = std::any_of(bodies_.begin(), bodies_.end(), [&](const Body& body) {
      const Vec2d between(body.position - car.position);
      return glm::dot(between, between) < kNear_m * kNear_m;
    });
    if (is_near) bodies.push_back(car);
  }
  return bodies;
}

// Things that fly about bounce off parked cars, too.
void Simulation::follow_all() {
  const bool loose = std::any_of(bodies_.begin(), bodies_.end(), [](const Body& body) {
    return body.kind == BodyKind::kThing;
  });
  if (!loose || parked_bodies_.empty()) {
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      movers_[i]->follow(bodies_, kStep_s, bodies_[i]);
    }
    return;
  }
  Bodies all = with_parked(bodies_);
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    movers_[i]->follow(all, kStep_s, bodies_[i]);
    all[i] = bodies_[i];
  }
}

bool Simulation::step() {
  if (ended_) return false;
  note_hits();
  note_parked_hits();
  watch_rare();
  if (const auto reason = reason_to_end()) {
    note("end: " + *reason);
    end_reason_ = *reason;
    ended_ = true;
    return false;
  }
  run_scripts();
  Bodies before = with_parked(bodies_);
  if (traffic_) {
    before.insert(before.end(), traffic_->bodies().begin(), traffic_->bodies().end());
    traffic_->step(bodies_);
  }
  for (std::size_t i = 0; i < bodies_.size(); ++i) movers_[i]->step(before, kStep_s, bodies_[i]);
  follow_all();
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
    states_[i].push_back(state_of(body, states_[i].empty() ? nullptr : &states_[i].back()));
  }
}

core::Result<void> Simulation::add_traffic(world::Timeline& timeline,
                                           const SimContext& context) const {
  if (traffic_) {
    if (auto ok = traffic_->append_to(timeline, context); !ok) return ok;
  }
  timeline.facts = facts_->facts(timeline.actors);
  return {};
}

world::Timeline Simulation::timeline() const {
  world::Timeline out;
  out.ego = variant_.ego;
  out.end_ns = stamp_ns();
  out.environment = environment_of(variant_, initial_ego_speed(variant_));
  out.environment.smoke_x_m = smoke_.x;
  out.environment.smoke_y_m = smoke_.y;
  out.environment.smoke_z_m = smoke_.z;
  out.events = events_;
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
  out.facts = facts_->facts(out.actors);
  return out;
}

}  // namespace oddroad::sim
