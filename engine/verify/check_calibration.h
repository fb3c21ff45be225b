// Check `calibration`: calibration.json against the rig file of the clip, and lookup tables against
// own lens code.
#pragma once

#include "engine/verify/clip_context.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

void check_calibration(const ClipContext& context, Report& report);

// What a rig file says of its sensors. Only what calibrations can be checked against.
// Errors: the file cannot be read, a key has another type than expected.
core::Result<CalibrationRecord> read_rig(const std::string& path);

}  // namespace oddroad::verify
