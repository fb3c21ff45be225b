// Meshes reordered so that vertex t is the provoking (first) vertex of triangle t: the rasterizer
// then knows the triangle from the vertex index.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/math/mesh.h"

namespace oddroad::raster {

struct ProvokingOrder {
  // New vertex i holds the data of old vertex source[i]; at least one per triangle.
  std::vector<std::uint32_t> source;
  // Triangle t keeps its place and its winding; its first index is t.
  std::vector<std::array<std::uint32_t, 3>> triangles;
};

ProvokingOrder provoking_order(const math::TriangleMesh& mesh);

}  // namespace oddroad::raster
