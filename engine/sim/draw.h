// A bird's-eye drawing of a clip.
#pragma once

#include <string>

#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

// SVG: the map around the action, every actor's outline at the start (filled) and at the end
// (dashed), its way with a tick per second, the places where something happened, and a legend. The
// timeline must be the variant's own.
std::string draw_svg(const scenario::Variant& variant, const world::Timeline& timeline,
                     const road::LaneGraph& graph);

}  // namespace oddroad::sim
