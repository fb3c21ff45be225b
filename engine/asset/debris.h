// What lies on roads: lost loads, vehicle parts, household goods, wood and stone. Every thing lies
// or stands as it would come to rest, its middle over the origin. Types: debris.*; masses and hulls
// of the same types: prop_physics.h.
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> vehicle_part_types();  // tyre, tread, wheel, exhaust, bumper, roof box
std::vector<PropType> container_types();     // gas bottle, jerry can, bucket, barrel, crate, cage
std::vector<PropType> household_types();  // mattress, sofa, fridge, suitcase, sacks, ball, trolley
std::vector<PropType> wood_and_stone_types();  // pallet, plank, ladder, branch, trunk, rock, block

}  // namespace oddroad::asset
