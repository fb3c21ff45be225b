// Check `observed`: when an object was really met (rows of a rolling shutter, beams of a sweep),
// and its box then.
#pragma once

#include "engine/verify/camera_scene.h"
#include "engine/verify/points.h"
#include "engine/verify/records.h"
#include "engine/verify/report.h"
#include "engine/verify/sweep.h"

namespace oddroad::verify {

void check_observed(const CameraScene& scene, const world::Actor& ego, const FrameRecord& frame,
                    Report& report);
void check_observed(const Sweep& sweep, const world::Actor& ego, const Points& points,
                    const FrameRecord& frame, Report& report);

}  // namespace oddroad::verify
