// The keys of a LiDAR model that say what it makes of an echo. Internal to this folder.
#pragma once

#include "engine/core/map_reader.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

// range, noise, optics, intensity, returns.
void read_receiver(core::MapReader& reader, LidarModel& model);

}  // namespace oddroad::lidar
