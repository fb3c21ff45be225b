// Walls of gardens and yards along y: brick, render, rubble or concrete under a coping, by seed.
// Numbers: length, height. class_name "fence".
#pragma once

#include "engine/asset/prop.h"

namespace oddroad::asset {

PropType garden_wall_type();

}  // namespace oddroad::asset
