// Equal vertices made one. Internal to this module.
#pragma once

#include "engine/math/mesh.h"

namespace oddroad::asset {

// Vertices with the same bits in position, normal and uv become one; those of no triangle go. The
// rest keep the order in which triangles first name them.
void weld(math::TriangleMesh& mesh);

}  // namespace oddroad::asset
