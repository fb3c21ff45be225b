#include "engine/asset/thin_leaves.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/core/random.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using math::Vec3f;

// Leaves four times as long as they were would be seen as such.
constexpr double kLargest = 4;

struct Leaf {
  std::vector<std::uint32_t> vertices;  // ascending
  Vec3d middle{0};
  double radius_m = 0;
  double area_m2 = 0;
  bool kept = false;
};

Leaf leaf_of(const math::TriangleMesh& mesh, const std::vector<std::uint32_t>& triangles) {
  Leaf out;
  for (const std::uint32_t t : triangles) {
    const auto& [a, b, c] = mesh.triangles[t];
    out.vertices.insert(out.vertices.end(), {a, b, c});
    const Vec3d p(mesh.positions[a]), q(mesh.positions[b]), r(mesh.positions[c]);
    out.area_m2 += 0.5 * glm::length(glm::cross(q - p, r - p));
  }
  std::sort(out.vertices.begin(), out.vertices.end());
  out.vertices.erase(std::unique(out.vertices.begin(), out.vertices.end()), out.vertices.end());
  for (const std::uint32_t v : out.vertices) out.middle += Vec3d(mesh.positions[v]);
  out.middle /= static_cast<double>(out.vertices.size());
  for (const std::uint32_t v : out.vertices) {
    out.radius_m = std::max(out.radius_m, glm::distance(out.middle, Vec3d(mesh.positions[v])));
  }
  return out;
}

}  // namespace

void append_thinned(const math::TriangleMesh& mesh,
                    const std::vector<std::vector<std::uint32_t>>& pieces, double growth_m,
                    std::uint64_t key, math::TriangleMesh& out) {
  std::vector<Leaf> leaves;
  double radius_m = 0, area_m2 = 0, kept_m2 = 0;
  for (const auto& triangles : pieces) {
    leaves.push_back(leaf_of(mesh, triangles));
    radius_m += leaves.back().radius_m / static_cast<double>(pieces.size());
    area_m2 += leaves.back().area_m2;
  }
  const double larger = std::min(kLargest, 1 + growth_m / radius_m);
  core::RandomStream random(key, "leaves");
  for (Leaf& leaf : leaves) {
    leaf.kept = random.uniform() * larger * larger < 1;
    if (leaf.kept) kept_m2 += leaf.area_m2;
  }
  if (kept_m2 == 0) {
    leaves.front().kept = true;
    kept_m2 = leaves.front().area_m2;
  }
  const math::Aabb box = mesh.bounds();
  const Vec3f lower(box.lower), upper(box.upper);
  const double scale = std::sqrt(area_m2 / kept_m2);
  for (std::size_t k = 0; k < leaves.size(); ++k) {
    if (!leaves[k].kept) continue;
    std::map<std::uint32_t, std::uint32_t> moved;
    for (const std::uint32_t v : leaves[k].vertices) {
      const Vec3d p = leaves[k].middle + scale * (Vec3d(mesh.positions[v]) - leaves[k].middle);
      moved[v] = out.add_vertex(glm::clamp(Vec3f(p), lower, upper), mesh.normals[v], mesh.uvs[v]);
    }
    for (const std::uint32_t t : pieces[k]) {
      const auto& [a, b, c] = mesh.triangles[t];
      out.add_triangle(moved[a], moved[b], moved[c], mesh.material[t]);
    }
  }
}

}  // namespace oddroad::asset
