// A rig entry of type lidar.
#pragma once

#include <vector>

#include "engine/capture/rig.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "sensors/lidar/effects.h"
#include "sensors/lidar/fault_settings.h"
#include "sensors/lidar/lidar_model.h"
#include "sensors/lidar/weather_laws.h"

namespace oddroad::lidar {

struct LidarSettings {
  LidarModel model;
  ReturnMode returns = ReturnMode::kStrongest;
  Effects effects;
  WeatherLaws laws;
  std::vector<FaultSettings> faults;
  capture::EgoBody ego_body = capture::EgoBody::kUnseen;
};

// Errors: unknown keys or model (with suggestion), wrong values, whatever is wrong with the model.
core::Result<LidarSettings> parse_lidar_settings(const core::YamlNode& settings,
                                                 const core::SearchRoots& roots);

}  // namespace oddroad::lidar
