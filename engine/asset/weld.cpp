#include "engine/asset/weld.h"

#include <array>
#include <cstring>
#include <unordered_map>

namespace oddroad::asset {
namespace {

using VertexBits = std::array<std::uint32_t, 8>;

struct VertexHash {
  std::size_t operator()(const VertexBits& bits) const {
    std::size_t h = 1469598103934665603ull;
    for (const std::uint32_t b : bits) h = (h ^ b) * 1099511628211ull;
    return h ^ h >> 29;
  }
};

VertexBits bits_of(const math::TriangleMesh& mesh, std::uint32_t v) {
  VertexBits out;
  std::memcpy(out.data(), &mesh.positions[v], 12);
  std::memcpy(out.data() + 3, &mesh.normals[v], 12);
  std::memcpy(out.data() + 6, &mesh.uvs[v], 8);
  return out;
}

}  // namespace

void weld(math::TriangleMesh& mesh) {
  math::TriangleMesh out;
  out.material = mesh.material;
  std::unordered_map<VertexBits, std::uint32_t, VertexHash> places;
  for (const auto& triangle : mesh.triangles) {
    std::array<std::uint32_t, 3> corners{};
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint32_t v = triangle[k];
      const auto [place, is_new] = places.try_emplace(bits_of(mesh, v), out.positions.size());
      if (is_new) out.add_vertex(mesh.positions[v], mesh.normals[v], mesh.uvs[v]);
      corners[k] = place->second;
    }
    out.triangles.push_back(corners);
  }
  mesh = std::move(out);
}

}  // namespace oddroad::asset
