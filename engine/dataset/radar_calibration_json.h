// The part of calibration.json that tells of radars. Internal to this module.
#pragma once

#include "engine/capture/radar_calibration.h"
#include "engine/dataset/json_types.h"

namespace oddroad::dataset {

Json radar_json(const capture::RadarCalibration& radar);
// Throws what the JSON library throws for another shape than this.
capture::RadarCalibration as_radar(const Json& json);

}  // namespace oddroad::dataset
