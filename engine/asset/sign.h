// Traffic signs on posts. The face looks to +x; the post's foot is the origin, or, with post = 0,
// the point on the ground below the board. Types: sign.stop, sign.yield, sign.priority,
// sign.speed_limit ("value", km/h or mph as printed), sign.end_of_limit, sign.no_entry,
// sign.no_overtaking, sign.warning, sign.crosswalk, sign.one_way, sign.roundabout, sign.chevron,
// sign.town, sign.board (plain grey, for signs without a face of their own).
//
// Numbers of all: "size" (the longer side, metres) or "width" and "height" for rectangles, "lower"
// (lower edge over the ground), "post" (0 or 1). "turned" = 1 mirrors one-way and chevron boards.
// Sizes: VwV-StVO size 2; 2 mm sheet, retroreflecting film RA2 (EN 12899-1: 180 cd/lx/m2).
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> sign_types();

}  // namespace oddroad::asset
