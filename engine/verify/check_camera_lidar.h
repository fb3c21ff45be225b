// Check `camera_lidar`: points of a sweep, projected into a camera frame of the same stamp, agree
// with its ids and depth.
#pragma once

#include "engine/verify/clip_context.h"
#include "engine/verify/frame_files.h"
#include "engine/verify/points.h"
#include "engine/verify/sweep.h"
#include "engine/verify/view.h"

namespace oddroad::verify {

// Looks at points on things that do not move, where the camera's 3x3 pixels round the projection
// show one thing. There the camera must see the point, or something nearer; what is thinner than a
// pixel is told by an own ray.
void check_camera_lidar(const ClipContext& context, const CameraRecord& camera,
                        const FrameRecord& frame, const Sweep& sweep, const Points& points,
                        MeshTrees& trees, Report& report);

}  // namespace oddroad::verify
