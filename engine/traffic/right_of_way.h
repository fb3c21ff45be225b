// Who goes first where two lanes conflict and no lights decide: priority records of the junction,
// then signs, then geometry. The order is fixed per conflict and never cyclic for a pair.
#pragma once

#include "engine/traffic/controls.h"

namespace oddroad::traffic {

// How a lane's traffic comes into its junction and goes through it.
struct Movement {
  std::uint32_t entry = kNoLane;     // first lane of the passage
  std::uint32_t approach = kNoLane;  // lane before it
  double heading_rad = 0;            // on entering
  double turn_rad = 0;               // through the passage, positive left
};
Movement movement_of(const LaneTable& lanes, std::uint32_t lane);

// Sets Conflict::goes_first on both sides of every conflict.
void decide_right_of_way(const road::LaneGraph& graph, const LaneTable& lanes,
                         const Controls& controls, ConflictTable& conflicts);

}  // namespace oddroad::traffic
