// A LiDAR model on disk: one YAML file and the CSV table of its beams. assets/lidar/README.md says
// what they hold.
#pragma once

#include <string>
#include <vector>

#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

// `name`: "ouster_os1_128", which is assets/lidar/ouster_os1_128.yaml under a root; or a path that
// ends in .yaml, beside the file that names it (where.file) or under a root. The model is named
// after its file. Errors: unknown model (with suggestion), whatever is wrong with the files.
core::Result<LidarModel> load_lidar_model(const std::string& name, const core::SearchRoots& roots,
                                          const core::SourceLocation& where = {});

// Errors, all at once, file:line:column: unknown or missing keys, wrong values, an unreadable or
// broken beam table.
core::Result<LidarModel> read_lidar_model(const std::string& path);

// What stands in assets/lidar/ under the roots, sorted.
std::vector<std::string> lidar_model_names(const core::SearchRoots& roots);

}  // namespace oddroad::lidar
