#include "engine/sim/simulate.h"

#include <cmath>

#include "engine/sim/friction.h"
#include "engine/sim/placement.h"
#include "engine/sim/road_water.h"
#include "engine/sim/simulation.h"
#include "engine/world/lamp_looks.h"

namespace oddroad::sim {

core::Result<math::Affine3d> choose_local_origin(const scenario::Variant& variant,
                                                 const road::LaneGraph& graph) {
  const auto base = base_position(variant, graph);
  if (!base) return core::forward_error(base);
  math::Affine3d T_map_world;
  T_map_world.translation = glm::floor(graph.pose(*base).position);
  return T_map_world;
}

RoadCover road_cover(const scenario::Variant& variant) {
  const scenario::EnvironmentDraw& draw = variant.environment;
  const RoadSurface road = road_surface(draw);
  return {road.film_mm, draw.ice, draw.stated_friction, road.snow};
}

world::Environment environment_of(const scenario::Variant& variant, double speed_mps) {
  const RoadSurface road = road_surface(variant.environment);
  world::Environment out = variant.environment;
  out.wetness = road.wetness;
  out.water_film_mm = road.film_mm;
  out.puddles = road.puddles;
  out.snow_on_road = road.snow;
  out.friction = friction_coefficient(road_cover(variant), speed_mps);
  out.sky_seed = variant.random_key;
  return out;
}

core::Result<world::Timeline> simulate(const scenario::Variant& variant,
                                       const road::LaneGraph& graph, const SimContext& context) {
  auto simulation = Simulation::create(variant, graph, context);
  if (!simulation) return core::forward_error(simulation);
  while ((*simulation)->step()) {
  }
  world::Timeline timeline = (*simulation)->timeline();
  const auto added = (*simulation)->add_traffic(timeline, context);
  if (!added) return core::forward_error(added);
  world::add_lamp_looks(timeline);
  return timeline;
}

}  // namespace oddroad::sim
