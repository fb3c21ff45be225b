// Surfaces with fewer triangles, by meshoptimizer. Internal to this module.
#pragma once

#include <vector>

#include "engine/math/mesh.h"

namespace oddroad::asset {

// Appends the given triangles of a mesh, all of one material, to `out` with fewer of them, so that
// neither surface has a point farther than error_m from the other. `locked`: the surface's open
// borders stay as they are, since another surface continues there.
void append_simplified(const math::TriangleMesh& mesh, const std::vector<std::uint32_t>& triangles,
                       double error_m, bool locked, math::TriangleMesh& out);

}  // namespace oddroad::asset
