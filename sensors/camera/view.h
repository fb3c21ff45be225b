// The rays of a mounted camera at one tick.
#pragma once

#include "engine/world/timeline.h"
#include "render/scene/camera_view.h"
#include "sensors/camera/camera_settings.h"

namespace oddroad::camera {

// First and last instant that a frame exposes, relative to its stamp.
std::int64_t exposure_begin_ns(const CameraSettings& settings);
std::int64_t exposure_end_ns(const CameraSettings& settings);

// The camera rides on the ego, whose poses define where each row is when it is exposed.
scene::CameraView make_view(const CameraSettings& settings, const math::Pose& T_ego_camera,
                            const world::Actor& ego, std::int64_t stamp_ns);

}  // namespace oddroad::camera
