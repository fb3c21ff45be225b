// 2-D boxes and the visibility ledger of one camera image.
#pragma once

#include <vector>

#include "engine/capture/image.h"
#include "engine/capture/labels.h"
#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"

namespace oddroad::labels {

// Every labelled object that would cover at least one pixel of the image if it were alone, in id
// order. Visible pixels and boxes come from the mask, the rest from rays against the object alone.
// `distance_m` is the depth, or the range where ranked_by_range(); +inf = nothing. Keypoints stay
// empty.
std::vector<capture::ObjectInImage> objects_in_image(const world::SceneWindow& window,
                                                     const scene::CameraView& view,
                                                     const capture::Image<std::uint16_t>& instances,
                                                     const capture::Image<float>& distance_m,
                                                     const scene::RayCaster& caster);

// Depth ranks what lies on one ray as long as all rays point ahead.
inline bool ranked_by_range(const scene::CameraView& view) {
  return view.camera.lens == math::Lens::kKannalaBrandt;
}

}  // namespace oddroad::labels
