#include "engine/sim/placement.h"

#include <cstdio>

#include "engine/sim/placer.h"

namespace oddroad::sim {

std::string metres(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f m", value);
  return text;
}

core::Result<road::LanePosition> base_position(const scenario::Variant& variant,
                                               const road::LaneGraph& graph) {
  const scenario::Placement& ego = variant.actors.at(variant.ego).at;
  const bool absolute = ego.kind == scenario::PlacementKind::kRoad;
  const std::string& road = absolute ? ego.road_id : variant.site.road_id;
  const double s = absolute ? ego.s_m : variant.site.s_m;
  const int lane = absolute ? ego.lane_id : variant.site.lane_id;
  const auto at = graph.at(road, s, lane);
  if (!at) {
    return core::fail_at(ego.where, "the map has no lane " + std::to_string(lane) + " on road '" +
                                        road + "' at s = " + metres(s));
  }
  return *at;
}

core::Result<Stageplan> place(const scenario::Variant& variant, const road::LaneGraph& graph,
                              const math::Vec3d& origin, const Ground& ground, Bodies& bodies) {
  const auto base = base_position(variant, graph);
  if (!base) return core::forward_error(base);
  return Placer(variant, graph, origin, ground, *base, bodies).run();
}

}  // namespace oddroad::sim
