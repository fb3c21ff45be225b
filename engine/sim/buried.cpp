#include "engine/sim/buried.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/sim/simulation.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kStem_m = .5;  // half of what a tree or a mast takes at its foot
constexpr std::string_view kDistractor = "distractor.";

bool is_distractor(const scenario::VariantActor& actor) {
  return std::string_view(actor.name).starts_with(kDistractor);
}

// What stands at a place of its own; surfaces and lines along a road have world coordinates.
bool has_foot(const world::StaticThing& thing) {
  return thing.T_world_model.translation != math::Vec3d(0);
}

Outline outline_of(const world::StaticThing& thing) {
  const auto& box = thing.model->box;
  const std::string& name = thing.model->class_name;
  const Vec2d x = glm::normalize(Vec2d(thing.T_world_model.linear[0]));
  Outline out{Vec2d(thing.T_world_model.translation), x, kStem_m, kStem_m};
  const bool crown = name == "vegetation" && thing.name.rfind("hedge", 0) != 0;
  if (crown || name == "pole" || name.rfind("traffic_", 0) == 0) return out;
  const math::Vec3d middle = .5 * (box.lower + box.upper);
  out.centre = Vec2d(thing.T_world_model.point(middle));
  out.half_length_m = .5 * (box.upper.x - box.lower.x);
  out.half_width_m = .5 * (box.upper.y - box.lower.y);
  return out;
}

}  // namespace

core::Result<void> drop_buried(scenario::Variant& variant, const road::LaneGraph& graph,
                               const SimContext& context, const StageMaker& make_stage) {
  if (std::none_of(variant.actors.begin(), variant.actors.end(), is_distractor)) return {};
  SimContext outlines = context;
  outlines.outlines_only = true;
  const auto placed = Simulation::place_actors(variant, graph, outlines);
  if (!placed) return core::forward_error(placed);
  const auto stage = make_stage(variant);
  if (!stage) return core::forward_error(stage);
  std::vector<Outline> taken;
  for (const world::StaticThing& thing : stage->things) {
    if (has_foot(thing)) taken.push_back(outline_of(thing));
  }
  const Bodies& bodies = (*placed)->bodies();
  std::vector<scenario::VariantActor> kept;
  for (std::size_t i = 0; i < variant.actors.size(); ++i) {
    const Outline own = bodies[i].outline();
    const bool buried = is_distractor(variant.actors[i]) &&
                        std::any_of(taken.begin(), taken.end(), [&](const Outline& other) {
                          return free_gap(own, other).distance_m <= 0;
                        });
    if (!buried) kept.push_back(std::move(variant.actors[i]));
  }
  variant.actors = std::move(kept);
  return {};
}

}  // namespace oddroad::sim
