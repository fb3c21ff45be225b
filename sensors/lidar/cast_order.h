// The order in which the rays of a sweep are cast. Devices fire up and down their beams, some all
// over the view; light that goes the same way meets the same things, and what is needed of them is
// at hand if it goes one after the other. What a ray meets does not depend on it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sensors/lidar/shot_pattern.h"

namespace oddroad::lidar {

// Numbers of the shots of a spinning device, chunk after chunk: bands of some neighbouring
// azimuths, each up or down the rings by twos.
std::vector<std::uint32_t> cast_order(std::span<const Shot> shots);

}  // namespace oddroad::lidar
