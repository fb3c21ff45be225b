// Triangles out of the checked copy of a model file: the one place that talks to Assimp. Internal
// to this module.
#pragma once

#include "engine/asset/mesh_source.h"
#include "engine/math/mesh.h"

namespace oddroad::asset {

// All nodes in one mesh, each moved by its transform, then by `turn` (file axes and units to the
// model's), then as a whole to the ground and the middle. Materials are those of the source; a
// triangle without any has the number behind the last. uv (0, 0) is the upper left corner of a
// texture; where there is no texture uvs count metres. Equal vertices are one, none is left over.
// Errors: what Assimp refuses, corners out of range, vertices that are not finite, no triangles.
core::Result<math::TriangleMesh> import_surface(const MeshSource& source, const glm::dmat3& turn,
                                                const std::string& file);

}  // namespace oddroad::asset
