// One entry of a LiDAR model file.
#pragma once

#include <string>

#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

// `file`: where the entry stands; its beam table is looked for beside it.
core::Result<LidarModel> read_model(const core::YamlNode& node, const std::string& name,
                                    const std::string& file);

}  // namespace oddroad::lidar
