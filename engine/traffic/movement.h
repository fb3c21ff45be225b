// How a lane's traffic comes into its junction and goes through it.
#pragma once

#include "engine/traffic/lane_table.h"

namespace oddroad::traffic {

struct Movement {
  std::uint32_t entry = kNoLane;     // first lane of the passage
  std::uint32_t approach = kNoLane;  // lane before it
  double heading_rad = 0;            // on entering
  double turn_rad = 0;               // through the passage, positive left
};
Movement movement_of(const LaneTable& lanes, std::uint32_t lane);

}  // namespace oddroad::traffic
