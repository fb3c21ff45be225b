#include "engine/asset/mesh_pieces.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace oddroad::asset {

std::vector<std::uint32_t> first_at_place(const math::TriangleMesh& mesh) {
  std::vector<std::uint32_t> order(mesh.positions.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto key = [&](std::uint32_t v) {
    const math::Vec3f& p = mesh.positions[v];
    return std::tuple(p.x, p.y, p.z);
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return key(a) != key(b) ? key(a) < key(b) : a < b;
  });
  std::vector<std::uint32_t> first(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    const bool same = k > 0 && key(order[k]) == key(order[k - 1]);
    first[order[k]] = same ? first[order[k - 1]] : order[k];
  }
  return first;
}

std::vector<std::vector<std::uint32_t>> connected_pieces(const math::TriangleMesh& mesh,
                                                         const std::vector<std::uint32_t>& places) {
  std::vector<std::uint32_t> parent(mesh.positions.size());
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](std::uint32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
  };
  for (const auto& triangle : mesh.triangles) {
    const std::uint32_t a = root(places[triangle[0]]);
    parent[root(places[triangle[1]])] = a;
    parent[root(places[triangle[2]])] = a;
  }
  constexpr std::uint32_t kNone = ~0u;
  std::vector<std::uint32_t> piece_of(mesh.positions.size(), kNone);
  std::vector<std::vector<std::uint32_t>> pieces;
  for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    std::uint32_t& piece = piece_of[root(places[mesh.triangles[t][0]])];
    if (piece == kNone) {
      piece = static_cast<std::uint32_t>(pieces.size());
      pieces.emplace_back();
    }
    pieces[piece].push_back(t);
  }
  return pieces;
}

}  // namespace oddroad::asset
