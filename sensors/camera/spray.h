// Water that tyres throw up behind vehicles on wet roads.
#pragma once

#include "engine/capture/image.h"
#include "render/scene/visibility.h"

namespace oddroad::camera {

// Every vehicle in the window but the ego, from 8 m/s on: puffs of droplets that are left behind,
// widen and settle within a second. Extinction grows with the water's depth and the square of speed
// (a truck at 25 m/s in 1 mm hides most of what is right behind its wheels) and is less for low
// cars.
void add_spray(const world::SceneWindow& window, const scene::CameraView& view,
               const scene::VisibilityRecord& record, capture::Image<math::Vec3f>& radiance);

}  // namespace oddroad::camera
