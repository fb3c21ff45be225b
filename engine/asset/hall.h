// Buildings of one large room. Types: barn (boards or brick, gable roof, doors that a harvester
// fits through), hall.industrial (cladding, roller doors at the dock, strip of windows, flat roof),
// hall.market (a shop with a glass front, canopy and its name in letters). class_name "building";
// the front looks to +x; numbers "width" (along the street) and "depth".
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> hall_types();

}  // namespace oddroad::asset
