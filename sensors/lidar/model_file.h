// LiDAR models by name: assets/lidar/models.yaml (assets/lidar/README.md says what an entry holds).
#pragma once

#include <string>

#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

// Looks `name` up under the roots. Errors, all at once: unknown model (with suggestion), unknown or
// missing keys, wrong values, unreadable or broken beam table (file:line:column).
core::Result<LidarModel> load_lidar_model(const std::string& name, const core::SearchRoots& roots,
                                          const core::SourceLocation& where = {});

}  // namespace oddroad::lidar
