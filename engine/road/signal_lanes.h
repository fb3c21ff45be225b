// Which lanes a signal is for. Internal to engine/road.
#pragma once

#include <vector>

#include "engine/road/placed_signals.h"

namespace oddroad::road {

// Where a signal (or a reference to it) counts on a road.
struct SignalPlace {
  int road = 0;
  double s_m = 0;
  Orientation orientation = Orientation::kNone;
  const std::vector<LaneValidity>* validities = nullptr;
};

struct SignalLanes {
  std::vector<GovernedLane> lanes;
  bool against_validity =
      false;  // the orientation names other lanes than the validity, which holds
};

SignalLanes lanes_of(const LaneGraph& graph, const SignalPlace& place, SignalKind kind);

}  // namespace oddroad::road
