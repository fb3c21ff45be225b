// The colour of a view: samples, shading, averaging.
#pragma once

#include "engine/capture/image.h"
#include "engine/core/result.h"
#include "render/scene/visibility.h"

namespace oddroad::camera {

// Linear radiance per pixel in cd/m2 per channel; edge pixels are the mean of their four samples.
core::Result<capture::Image<math::Vec3f>> radiance_image(const world::SceneWindow& window,
                                                         const scene::CameraView& view,
                                                         const scene::RayCaster& caster,
                                                         const scene::VisibilityRecord& record,
                                                         scene::Shading& shading);

}  // namespace oddroad::camera
