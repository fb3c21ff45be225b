// The part of calibration.json that tells of motion sensors. Internal to this module.
#pragma once

#include "engine/capture/motion_calibration.h"
#include "engine/dataset/json_types.h"

namespace oddroad::dataset {

// Adds the keys imus, gnss, ins and odometries.
void add_motion(const capture::MotionCalibration& motion, Json& json);
// Throws what the JSON library throws for another shape than this; absent keys are no sensors.
capture::MotionCalibration as_motion(const Json& json);

}  // namespace oddroad::dataset
