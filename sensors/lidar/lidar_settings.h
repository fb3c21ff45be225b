// A rig entry of type lidar.
#pragma once

#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

struct LidarSettings {
  LidarModel model;
  bool noise = true;      // range noise and quantisation
  bool detection = true;  // lose weak returns; off = every hit in range returns
};

// Errors: unknown keys or model (with suggestion), wrong values, whatever is wrong with the model.
core::Result<LidarSettings> parse_lidar_settings(const core::YamlNode& settings,
                                                 const core::SearchRoots& roots);

}  // namespace oddroad::lidar
