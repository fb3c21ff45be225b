// Checks `motion_series`, `imu`, `ins`, `odometry`: truth of the motion sensors from the ego's
// states by another route, and measured values within what calibration.json says of the device.
#pragma once

#include "engine/verify/clip_context.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

void check_motion(const ClipContext& context, Report& report);

}  // namespace oddroad::verify
