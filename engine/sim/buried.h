// Distractors (randomize: wild) are placed before anybody knows where the houses of a clip stand.
#pragma once

#include <functional>

#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/sim/cast.h"
#include "engine/world/static_world.h"

namespace oddroad::sim {

using StageMaker = std::function<core::Result<world::StaticWorld>(const scenario::Variant&)>;

// Takes those off that would stand in a building or in anything else beside the road. Everything
// else stays where it is: houses stand alike whatever stands before them. `make_stage` is asked
// only where there are distractors. Errors: those of placing the actors and of the stage.
core::Result<void> drop_buried(scenario::Variant& variant, const road::LaneGraph& graph,
                               const SimContext& context, const StageMaker& make_stage);

}  // namespace oddroad::sim
