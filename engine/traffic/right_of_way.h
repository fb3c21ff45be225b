// Who goes first where two lanes conflict and no lights decide: priority records of the junction,
// then signs, then geometry. The order is fixed per conflict and never cyclic for a pair.
#pragma once

#include "engine/traffic/controls.h"
#include "engine/traffic/movement.h"

namespace oddroad::traffic {

// Sets Conflict::goes_first on both sides of every conflict.
void decide_right_of_way(const road::LaneGraph& graph, const LaneTable& lanes,
                         const Controls& controls, ConflictTable& conflicts);

}  // namespace oddroad::traffic
