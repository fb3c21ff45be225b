// Tracks from the map's lane graph, and the lane words of placements.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/road/lane_graph.h"
#include "engine/sim/track.h"

namespace oddroad::sim {

// The line that leads over `start` (s = 0 there) straight on through junctions, from at most back_m
// before it to at most ahead_m after it; shorter where the lanes end. `origin`: map coordinates of
// the local origin.
Track lane_track(const road::LaneGraph& graph, const road::LanePosition& start, double back_m,
                 double ahead_m, const math::Vec3d& origin);

// The lane that a placement's word means at a cross section of the site's lane `base`: "driving"
// is base itself, "left" and "right" its drivable neighbours, "parking", "sidewalk" and "shoulder"
// the nearest of that type on the kerb side, else on the other, "opposite" the nearest drivable
// lane of the other direction. Empty if the map has none there; unknown words give none.
std::optional<road::LaneId> lane_by_word(const road::LaneGraph& graph, road::LaneId base,
                                         const std::string& word);
bool is_lane_word(const std::string& word);

}  // namespace oddroad::sim
