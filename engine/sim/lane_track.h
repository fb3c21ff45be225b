// Tracks from the map's lane graph, and the lane words of placements.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/road/lane_graph.h"
#include "engine/sim/track.h"

namespace oddroad::sim {

// The line that leads over `start` (s = 0 there) straight on through junctions, from at most back_m
// before it to at most ahead_m after it; shorter where the lanes end. `origin`: map coordinates of
// the local origin.
Track lane_track(const road::LaneGraph& graph, const road::LanePosition& start, double back_m,
                 double ahead_m, const math::Vec3d& origin);

// The same line driven the wrong way: s grows against the traffic.
Track lane_track_against(const road::LaneGraph& graph, const road::LanePosition& start,
                         double back_m, double ahead_m, const math::Vec3d& origin);

// As lane_track, but where the way divides it follows `route`: "left", "right", "straight" for the
// next junction, or the id of a road to enter. A road's id waits until the way can lead there. The
// first word that the map cannot follow goes to `missed` (may be null); from there the way is
// straight on.
Track route_track(const road::LaneGraph& graph, const road::LanePosition& start, double back_m,
                  double ahead_m, const math::Vec3d& origin, const std::vector<std::string>& route,
                  std::string* missed);

// The lane that a placement's word means at a cross section of the site's lane `base`: "driving"
// is base itself, "left" and "right" its drivable neighbours, "parking", "sidewalk" and "shoulder"
// the nearest of that type on the kerb side, else on the other, "opposite" the nearest drivable
// lane of the other direction. Empty if the map has none there; unknown words give none.
std::optional<road::LaneId> lane_by_word(const road::LaneGraph& graph, road::LaneId base,
                                         const std::string& word);
bool is_lane_word(const std::string& word);

}  // namespace oddroad::sim
