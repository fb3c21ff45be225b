// Who moves how, and what they have been told to do.
#include <algorithm>

#include "engine/asset/prop_physics.h"
#include "engine/core/random.h"
#include "engine/sim/animal_mover.h"
#include "engine/sim/loose_mover.h"
#include "engine/sim/person_mover.h"
#include "engine/sim/simulate.h"
#include "engine/sim/simulation.h"
#include "engine/sim/vehicle_mover.h"
#include "engine/world/lights.h"

namespace oddroad::sim {

using math::Vec2d;

core::Diagnostics Simulation::set_up(Stageplan plan) {
  core::Diagnostics problems;
  set_up_grip(plan);
  const std::size_t n = bodies_.size();
  movers_.resize(n);
  scripts_.resize(n);
  starts_.resize(n);
  crossing_end_m_.assign(n, 0);
  states_.resize(n);
  facts_.emplace(bodies_.at(variant_.ego).name);
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
  if (!variant_.rare_event) return problems;
  problems.append(check_condition(*variant_.rare_event, bodies_));
  if (!problems.has_errors()) rare_.emplace(*variant_.rare_event, bodies_);
  return problems;
}

bool Simulation::drives(std::size_t i) const {
  const BodyKind kind = bodies_[i].kind;
  if (kind != BodyKind::kVehicle && kind != BodyKind::kBicycle) return false;
  const scenario::VariantActor& actor = variant_.actors[i];
  return i == variant_.ego || actor.drive || !actor.actions.empty();
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
    const bool on_the_way = i == variant_.ego || actor.drive;
    if (on_the_way && world::headlamps_wanted(environment_of(variant_, 0))) {
      body.lamps.beam = world::Lamps::Beam::kLow;
    }
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

// Only what is known to come loose, or is told to, moves.
std::unique_ptr<Mover> Simulation::thing_mover(std::size_t i) const {
  const scenario::VariantActor& actor = variant_.actors[i];
  const bool carried = actor.at.kind == scenario::PlacementKind::kOn;
  const auto known = asset::prop_physics(actor.model);
  if (!known && !carried && actor.actions.empty()) return std::make_unique<ThingMover>();
  const auto physics = known ? *known : physics_of_box(cast_.members[i].model->box);
  const Vec2d wind(variant_.environment.wind_x_mps, variant_.environment.wind_y_mps);
  return std::make_unique<LooseMover>(make_shape(physics), ground_, carried ? actor.at.other : "",
                                      wind);
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

}  // namespace oddroad::sim
