// Things that bar a way or line it. Long ones run along y, their middle over the origin. Types:
// barrier.concrete (New Jersey profile), barrier.wood, barrier.board (red and white planks on
// feet), barrier.crowd, railing, bollard, reflector_post, street_cabinet, bus_shelter, obstacle (a
// plain box) and obstacle.cylinder for things of a map that are known by their size alone.
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> barrier_types();

}  // namespace oddroad::asset
