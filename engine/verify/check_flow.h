// Checks `flow` and `flow_occlusion`: where the surface point of every pixel appears in the
// neighbouring frame, and whether it is seen there.
#pragma once

#include "engine/verify/check_pixels.h"
#include "engine/verify/clip_context.h"

namespace oddroad::verify {

void check_flow(const ClipContext& context, const CameraRecord& camera, const FrameRecord& frame,
                const CameraScene& scene, MeshTrees& trees, Report& report);

}  // namespace oddroad::verify
