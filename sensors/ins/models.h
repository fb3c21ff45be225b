// assets/ins/models.yaml: devices by kind and name.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "engine/core/map_reader.h"
#include "engine/core/paths.h"

namespace oddroad::ins {

// The model that `model:` of a rig entry names, from the section of its kind ("imu", "gnss",
// "odometry", "ins"). Absent, unknown (with a suggestion) or unreadable: reported, nullopt.
std::optional<std::pair<std::string, core::YamlNode>> find_model(core::MapReader& entry,
                                                                 const std::string& kind,
                                                                 const core::SearchRoots& roots);

// `rate:` of a rig entry, if given, in place of the model's; bounds are reported.
void read_rate(core::MapReader& entry, double lowest_hz, double highest_hz, double& rate_hz);

}  // namespace oddroad::ins
