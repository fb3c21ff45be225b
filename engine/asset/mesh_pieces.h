// A mesh taken apart and put together again. Internal to this module.
#pragma once

#include <vector>

#include "engine/math/mesh.h"

namespace oddroad::asset {

// For each vertex the first one at the same place.
std::vector<std::uint32_t> first_at_place(const math::TriangleMesh& mesh);

// Indices of triangles that hang together: pieces connected through shared places, in the order of
// their first triangles.
std::vector<std::vector<std::uint32_t>> connected_pieces(const math::TriangleMesh& mesh,
                                                         const std::vector<std::uint32_t>& places);

}  // namespace oddroad::asset
