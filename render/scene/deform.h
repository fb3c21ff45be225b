// Vertices of deforming drawables at an instant, as world::vertex_at defines them, in bulk.
#pragma once

#include <vector>

#include "engine/world/scene_window.h"

namespace oddroad::scene {

// Positions in the mesh frame, rounded once from double. For a rigid drawable: the rest vertices.
void positions_at(const world::SceneWindow& window, const world::Drawable& drawable,
                  std::int64_t stamp_ns, std::vector<math::Vec3f>& positions);
// Normals, interpolated alike and not normalised.
void normals_at(const world::SceneWindow& window, const world::Drawable& drawable,
                std::int64_t stamp_ns, std::vector<math::Vec3f>& normals);

}  // namespace oddroad::scene
