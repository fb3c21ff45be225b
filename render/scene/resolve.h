// From a visibility record to exact pixels. A producer's answer (hardware rasterizer,
// single-precision rays) is trusted where a pixel and its eight neighbours name one drawable.
// Elsewhere a ray through the pixel's centre decides in double precision, so that no driver can
// change a label there.
#pragma once

#include "engine/capture/image.h"
#include "render/scene/pixel_runs.h"
#include "render/scene/visibility.h"

namespace oddroad::scene {

// Decides the pixels whose 3x3 neighbourhood mixes drawables: candidates are the ray caster's own
// answer and the triangles of other drawables named in the neighbourhood; the nearest one that the
// exact ray passes through wins, else the ray caster's. Returns how many pixels changed.
std::size_t resolve_edges(const world::SceneWindow& window, const CameraView& view,
                          const RayCaster& caster, VisibilityRecord& record);

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
