// From a visibility record to exact pixels. A producer's answer (hardware rasterizer,
// single-precision rays) is trusted for which drawable it is where a pixel and its eight neighbours
// name one. Elsewhere a ray through the pixel's centre decides in double precision, so that no
// driver can change a label there. Which triangle of a drawable it is: confirm.h.
#pragma once

#include "render/scene/camera_view.h"
#include "render/scene/visibility.h"

namespace oddroad::scene {

// Decides the pixels whose 3x3 neighbourhood mixes drawables: candidates are the ray caster's own
// answer and the triangles of other drawables named in the neighbourhood; the nearest one that the
// exact ray passes through wins, else the ray caster's. Then confirms triangles (confirm.h).
// Returns how many pixels of edges changed their drawable.
std::size_t resolve_edges(const world::SceneWindow& window, const CameraView& view,
                          const RayCaster& caster, VisibilityRecord& record);

}  // namespace oddroad::scene
