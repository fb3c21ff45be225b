// Painted stop lines, as signals or as objects. Internal to engine/road.
#pragma once

#include <vector>

#include "engine/road/placed_signals.h"

namespace oddroad::road {

// Moves the stop of lights, stop and yield signs to the painted line near them, where there is one.
void use_stop_lines(const LaneGraph& graph, std::vector<PlacedSignal>& signals);

}  // namespace oddroad::road
