// Images of what a record names: distances, ids and classes.
#pragma once

#include "engine/capture/image.h"
#include "render/scene/visibility.h"

namespace oddroad::scene {

// Computed in double from the named triangle, then rounded to float. +inf = nothing.
struct Distances {
  capture::Image<float> depth_m;  // z along the optical axis
  capture::Image<float> range_m;  // along the ray
};
// Fills the images that are asked for.
Distances distance_images(const world::SceneWindow& window, const CameraView& view,
                          const VisibilityRecord& record, bool depth, bool range);
inline capture::Image<float> depth_image(const world::SceneWindow& window, const CameraView& view,
                                         const VisibilityRecord& record) {
  return distance_images(window, view, record, true, false).depth_m;
}
capture::Image<std::uint16_t> instance_image(const world::SceneWindow& window,
                                             const VisibilityRecord& record);
capture::Image<std::uint8_t> class_image(const world::SceneWindow& window,
                                         const VisibilityRecord& record);

}  // namespace oddroad::scene
