// The part of calibration.json that tells of radars and motion sensors.
#pragma once

#include "engine/verify/json_fields.h"
#include "engine/verify/records.h"

namespace oddroad::verify {

// Throws where a key is missing or of another type.
void read_other_sensors(const Json& json, CalibrationRecord& out);

}  // namespace oddroad::verify
