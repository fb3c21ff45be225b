// Lane sections end where a connecting road of a virtual junction leaves or joins them. Internal.
#pragma once

#include "engine/road/road_map.h"

namespace oddroad::road {

// Splits lane sections at every `elementS` that a road link names, so that lanes join at the ends
// of sections only. The halves are alike and linked.
void split_at_side_links(RoadMap& map);

}  // namespace oddroad::road
