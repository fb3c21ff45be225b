// From a visibility record to exact pixels. A producer's answer (hardware rasterizer, single-precision
// rays) is trusted where a pixel and its eight neighbours name one drawable. Elsewhere a ray through
// the pixel's centre decides in double precision, so that no driver can change a label there.
#pragma once

#include "engine/capture/image.h"
#include "render/scene/visibility.h"

namespace oddroad::scene {

// A triangle met by a ray in double precision.
struct ExactHit {
  double t = 0;       // in units of the direction's length
  bool inside = false;  // the ray passes inside the triangle, edges included
};

// Ray against the plane of a triangle (Moeller and Trumbore 1997, in double). Degenerate and
// edge-on triangles report inside = false and the t of the nearest corner along the ray.
ExactHit intersect_exact(const math::Vec3d& origin, const math::Vec3d& direction,
                         const std::array<math::Vec3d, 3>& triangle);

// Decides the pixels whose 3x3 neighbourhood mixes drawables: candidates are the triangles named in
// the neighbourhood and the ray caster's own answer; the nearest one that the exact ray passes
// through wins, else the ray caster's. Returns how many pixels changed.
std::size_t resolve_edges(const world::SceneWindow& window, const CameraView& view,
                          const RayCaster& caster, VisibilityRecord& record);

// Depth (z along the optical axis, metres; +inf = nothing), in double from the named triangle.
capture::Image<float> depth_image(const world::SceneWindow& window, const CameraView& view,
                                  const VisibilityRecord& record);
capture::Image<std::uint16_t> instance_image(const world::SceneWindow& window,
                                             const VisibilityRecord& record);
capture::Image<std::uint8_t> class_image(const world::SceneWindow& window,
                                         const VisibilityRecord& record);

}  // namespace oddroad::scene
