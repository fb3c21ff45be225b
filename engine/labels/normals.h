// Surface normals of an image.
#pragma once

#include "engine/capture/image.h"
#include "render/scene/visibility.h"

namespace oddroad::labels {

// Unit normal of the triangle that each pixel shows, on the viewer's side, in the camera frame at
// the row's instant; 0 = nothing. In double, rounded once.
capture::Image<math::Vec3f> normal_image(const world::SceneWindow& window,
                                         const scene::CameraView& view,
                                         const scene::VisibilityRecord& record);

}  // namespace oddroad::labels
