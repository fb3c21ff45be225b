// Water that tyres throw up behind vehicles on wet roads.
#pragma once

#include "engine/capture/image.h"
#include "render/scene/visibility.h"

namespace oddroad::camera {

// What world/spray.h says hangs in the air, lit by what is around.
void add_spray(const world::SceneWindow& window, const scene::CameraView& view,
               const scene::VisibilityRecord& record, capture::Image<math::Vec3f>& radiance);

}  // namespace oddroad::camera
