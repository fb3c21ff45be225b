// Meshes as the shading source reads them: one self-contained record per triangle. Internal.
#pragma once

#include <span>
#include <vector>

#include "engine/asset/model.h"
#include "render/shaders/layouts.h"

namespace oddroad::shade {

// What does not change when a mesh deforms: uvs, material words, and for windows the place of each
// corner in its pane. positions and normals are filled by place_corners.
std::vector<shaders::ShadeTriangle> make_triangles(const math::TriangleMesh& mesh,
                                                   const asset::Model& model);
void place_corners(const math::TriangleMesh& mesh, std::span<const math::Vec3f> positions,
                   std::span<const math::Vec3f> normals,
                   std::span<shaders::ShadeTriangle> triangles);

// Connected pieces of a mesh: for each triangle the first triangle that shares vertices with it,
// directly or through others.
std::vector<std::uint32_t> pieces_of(const math::TriangleMesh& mesh);

}  // namespace oddroad::shade
