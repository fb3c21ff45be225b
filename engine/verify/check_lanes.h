// Checks `drivable` (mask against the map, by the triangle that each pixel shows) and `lanes`
// (polylines against the map).
#pragma once

#include "engine/verify/check_pixels.h"
#include "engine/verify/clip_context.h"

namespace oddroad::verify {

void check_lanes(const ClipContext& context, const CameraRecord& camera, const FrameRecord& frame,
                 const CameraScene& scene, const SeenImage& seen, Report& report);

}  // namespace oddroad::verify
