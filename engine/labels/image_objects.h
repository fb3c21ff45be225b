// 2-D boxes and the visibility ledger of one camera image.
#pragma once

#include <vector>

#include "engine/capture/image.h"
#include "engine/capture/labels.h"
#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"

namespace oddroad::labels {

// Bounds of an instance's triangles in the image plane, unclipped, through the part in front of the
// camera (z > kNearM). Empty if nothing of it is.
inline constexpr double kNearM = 0.05;
capture::Box2 amodal_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                         const scene::CameraView& view);

// Every labelled object of which any part would fall into the image if it were alone, in id order.
// Visible pixels and boxes come from the mask; unoccluded pixels from rays against the object alone.
std::vector<capture::ObjectInImage> objects_in_image(
    const world::SceneWindow& window, const scene::CameraView& view,
    const capture::Image<std::uint16_t>& instances, const scene::RayCaster& caster);

}  // namespace oddroad::labels
