// Lights and signs of a map as things of the world: boards and heads with boxes, posts and masts
// apart from them.
#pragma once

#include <vector>

#include "engine/road/placed_signals.h"
#include "engine/stage/dressing.h"
#include "engine/stage/map_thing.h"

namespace oddroad::stage {

// Those within the options' radius of `centre` (world), in map order. Posts stand on the footway,
// or on the ground beside the road; what hangs over the carriageway hangs from a mast beside it.
std::vector<MapThing> make_map_signals(const road::RoadMap& map, const road::PlacedSignals& placed,
                                       const math::Vec2d& centre, const StageOptions& options,
                                       const Terrain& terrain, ModelCache& models,
                                       Occupancy& occupied);

}  // namespace oddroad::stage
