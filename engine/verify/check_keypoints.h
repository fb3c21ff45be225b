// Checks `keypoints_3d` and `keypoints`: places, projections, and what hides them.
#pragma once

#include "engine/verify/camera_scene.h"
#include "engine/verify/records.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// 3-D keypoints of a frame of any sensor, at its stamp.
void check_keypoints_3d(const world::SceneWindow& window, const world::Actor& ego,
                        const FrameRecord& frame, Report& report);
// 2-D keypoints of a camera frame.
void check_keypoints(const CameraScene& scene, const world::Actor& ego, const FrameRecord& frame,
                     Report& report);

}  // namespace oddroad::verify
