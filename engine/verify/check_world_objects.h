// Checks `world_objects`, `boxes_3d`, `box_frames`, `motion`, `attributes`: what a frame says of
// the things in the world, against vertices and poses of the world made again.
#pragma once

#include "engine/verify/clip_context.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// `window` holds the stamp. T_ego_sensor: of the frame's sensor.
void check_world_objects(const ClipContext& context, const world::SceneWindow& window,
                         const math::Pose& T_ego_sensor, const FrameRecord& frame, Report& report);

}  // namespace oddroad::verify
