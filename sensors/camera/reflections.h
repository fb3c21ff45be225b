// What wet ground mirrors: rays from the pixels that see it, shaded by the same shader.
#pragma once

#include <vector>

#include "engine/core/result.h"
#include "render/scene/visibility.h"
#include "sensors/camera/samples.h"

namespace oddroad::camera {

// Sets the samples' `reflection` where they lie on level ground that mirrors (asphalt, concrete,
// paint, pavers; not below a wetness of 0.3) and returns the radiances that they name. A ray for
// every other pixel of every other row: in puddles along the mirrored line of sight, elsewhere
// spread by the slopes of wet asphalt in a pattern of 4x4 and averaged over it. What stands behind
// the camera is not looked for. Empty in dry weather.
core::Result<std::vector<math::Vec3f>> trace_reflections(const world::SceneWindow& window,
                                                         const scene::CameraView& view,
                                                         const scene::RayCaster& caster,
                                                         scene::Shading& shading, int width_px,
                                                         int height_px, SampleSet& set);

}  // namespace oddroad::camera
