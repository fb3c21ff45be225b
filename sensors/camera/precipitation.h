// Rain, snow and spray over a radiance image, before the camera's own chain: colour only, labels
// never see it. Streaks as long as the exposure, drops on the windscreen, spray behind fast
// vehicles on wet roads.
#pragma once

#include <cstdint>

#include "engine/capture/image.h"
#include "render/scene/visibility.h"
#include "sensors/camera/falling.h"

namespace oddroad::camera {

// Draws what the window's weather makes over an exposure of `time_s`. key: of (variant, camera,
// tick), what falls; camera_key: of (variant, camera), drops on the pane, which stay from tick to
// tick until the wiper takes them. Nothing is drawn, and nothing costs, in dry weather.
void add_precipitation(const world::SceneWindow& window, const scene::CameraView& view,
                       const scene::RayCaster& caster, const scene::VisibilityRecord& record,
                       double time_s, std::uint64_t key, std::uint64_t camera_key,
                       capture::Image<math::Vec3f>& radiance);

}  // namespace oddroad::camera
