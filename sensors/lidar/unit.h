// No two devices of one make are the same.
#pragma once

#include <cstdint>

#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

// 1 sigma of what the lasers of a unit are off the maker's table. Angles: the differences, laser by
// laser and without their mean, between two units of Hesai's XT32 (elevation 0.029, azimuth 0.066
// degrees), OT128 (0.022, 0.058) and Ouster's OS2 (0.034, 0.025). Range: an offset fixed per laser
// of 5 to 10 mm, as the vendors' accuracies of 1 to 3 cm leave room for.
inline constexpr double kUnitElevation_deg = 0.03;
inline constexpr double kUnitAzimuth_deg = 0.05;
inline constexpr double kUnitRange_m = 0.007;

// Makes the model that unit: every laser's angles and range bias are drawn once, by (model, unit,
// ring). Unit 0 leaves it as it is.
void make_unit(std::int64_t unit, LidarModel& model);

}  // namespace oddroad::lidar
