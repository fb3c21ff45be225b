// From a variant to its timeline.
#pragma once

#include "engine/math/affine.h"
#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/sim/cast.h"
#include "engine/sim/friction.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

// T_map_world of the clip's local frame: the whole metre of the map at or below the site's start.
// Stage and simulation both use it. Error: the site's lane is not on the map.
core::Result<math::Affine3d> choose_local_origin(const scenario::Variant& variant,
                                                 const road::LaneGraph& graph);

// Runs the variant to its end. Instance ids: declared actors 1, 2, ... in declared order (of a
// cyclist: the bicycle), then riders in the order of what they ride. Equal variants give equal
// bits. Errors: what placement, models and conditions find wrong, all at once.
core::Result<world::Timeline> simulate(const scenario::Variant& variant,
                                       const road::LaneGraph& graph, const SimContext& context);

// What covers the variant's road.
RoadCover road_cover(const scenario::Variant& variant);
// Light, weather and friction of the variant; friction holds for a speed.
world::Environment environment_of(const scenario::Variant& variant, double speed_mps);

}  // namespace oddroad::sim
