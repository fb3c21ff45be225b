// Every light and sign of a map resolved: what it orders, where it stands and looks, and which
// lanes obey it from where on. Metres and radians; map frame x east, y north, z up.
#pragma once

#include <string>
#include <vector>

#include "engine/math/affine.h"
#include "engine/road/lane_graph.h"
#include "engine/road/signal_kind.h"

namespace oddroad::road {

// A lane that obeys the signal: vehicles that must stop do so before `stop_m` (an offset along the
// lane). A signal of a junction's connecting road counts at the entry of the connecting lane.
struct GovernedLane {
  LaneId lane;
  double stop_m = 0;
  bool by_reference = false;  // through a <signalReference> of another road
  bool at_stop_line = false;  // stop_m is that of a painted stop line
};

struct PlacedSignal {
  int road = 0;    // index into RoadMap::roads
  int signal = 0;  // index into Road::signals: id, name, text, type
  SignalKind kind = SignalKind::kOther;
  std::string country;   // country_code
  double speed_mps = 0;  // of speed signs; 0: not said
  LightArrows arrows;    // of arrow lights
  bool dynamic = false;
  int controller = -1;  // index into RoadMap::controllers: lights that switch together
  // Frame of the board or head: origin in the middle of its lower edge, x out of its front (towards
  // who reads it), z up. Of painted signals: x against the traffic, on the surface.
  math::Affine3d T_map_signal;
  double heading_rad = 0;            // of x
  double width_m = 0, height_m = 0;  // as the file says, else usual for the kind; never 0
  bool size_said = false;
  std::vector<GovernedLane> lanes;
};

struct LaneSignal {
  int signal = 0;  // index into PlacedSignals::signals
  double stop_m = 0;
};

struct PlacedSignals {
  std::vector<PlacedSignal> signals;              // in map order
  std::vector<std::vector<LaneSignal>> on_lanes;  // [LaneId - 1], ascending stop_m
  core::Diagnostics warnings;                     // unknown signs, references to nothing, ...

  [[nodiscard]] const std::vector<LaneSignal>& on(LaneId id) const {
    return on_lanes[id.value - 1];
  }
};

// Signals do not follow the lane offset. Files of the vendor "VectorZero" (CARLA's towns) write the
// orientation in which a signal looks and an hOffset from the road's direction; they are read so.
PlacedSignals place_signals(const LaneGraph& graph);

}  // namespace oddroad::road
