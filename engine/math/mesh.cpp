#include "engine/math/mesh.h"

#include <cmath>
#include <cstring>
#include <unordered_map>

namespace oddroad::math {

Aabb TriangleMesh::bounds() const {
  Aabb box;
  for (const Vec3f& p : positions) box.include(Vec3d(p));
  return box;
}

void TriangleMesh::add_quad(const Vec3f& a, const Vec3f& b, const Vec3f& c, const Vec3f& d,
                            std::uint16_t mat) {
  Vec3f n = glm::cross(c - a, d - b);
  const float length = glm::length(n);
  n = length > 0 ? n / length : Vec3f(0, 0, 1);
  const float u = glm::length(b - a);
  const float v = glm::length(d - a);
  const std::uint32_t i = add_vertex(a, n, {0, 0});
  add_vertex(b, n, {u, 0});
  add_vertex(c, n, {u, v});
  add_vertex(d, n, {0, v});
  add_triangle(i, i + 1, i + 2, mat);
  add_triangle(i, i + 2, i + 3, mat);
}

void TriangleMesh::append(const TriangleMesh& other, const Affine3f& T,
                          std::uint16_t material_offset) {
  const auto base = static_cast<std::uint32_t>(positions.size());
  const glm::mat3 normal_matrix = glm::transpose(glm::inverse(T.linear));
  const bool mirrored = glm::determinant(T.linear) < 0;
  for (std::size_t i = 0; i < other.positions.size(); ++i) {
    const Vec3f n = normal_matrix * other.normals[i];
    const float length = glm::length(n);
    add_vertex(T.point(other.positions[i]), length > 0 ? n / length : n, other.uvs[i]);
  }
  for (std::size_t t = 0; t < other.triangles.size(); ++t) {
    auto [a, b, c] = other.triangles[t];
    if (mirrored) std::swap(b, c);
    add_triangle(base + a, base + b, base + c,
                 static_cast<std::uint16_t>(other.material[t] + material_offset));
  }
}

void TriangleMesh::remove_degenerate() {
  std::size_t kept = 0;
  for (std::size_t t = 0; t < triangles.size(); ++t) {
    const auto [a, b, c] = triangles[t];
    const Vec3f n = glm::cross(positions[b] - positions[a], positions[c] - positions[a]);
    if (!(glm::dot(n, n) > 1e-20f)) continue;
    triangles[kept] = triangles[t];
    material[kept++] = material[t];
  }
  triangles.resize(kept);
  material.resize(kept);
}

namespace {

struct PositionHash {
  std::size_t operator()(const Vec3f& p) const {
    std::uint32_t bits[3];
    std::memcpy(bits, &p, sizeof bits);
    std::size_t h = 1469598103934665603ull;
    for (const std::uint32_t b : bits) h = (h ^ b) * 1099511628211ull;
    return h;
  }
};

}  // namespace

void smooth_normals(TriangleMesh& mesh, float crease_rad) {
  std::vector<Vec3f> face(mesh.triangles.size());
  std::unordered_map<Vec3f, std::vector<std::uint32_t>, PositionHash> around;
  for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto [a, b, c] = mesh.triangles[t];
    const auto& p = mesh.positions;
    face[t] = glm::cross(p[b] - p[a], p[c] - p[a]);
    for (const std::uint32_t v : {a, b, c}) around[p[v] + 0.0f].push_back(t);
  }
  const float limit = std::cos(crease_rad);
  TriangleMesh out;
  out.material = mesh.material;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> made;  // old vertex -> new ones
  for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    std::array<std::uint32_t, 3> corner{};
    const float own = glm::length(face[t]);
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t v = mesh.triangles[t][k];
      Vec3f n(0);
      for (const std::uint32_t other : around[mesh.positions[v] + 0.0f]) {
        const float length = glm::length(face[other]);
        if (length <= 0 || own <= 0) continue;
        if (glm::dot(face[other], face[t]) >= limit * length * own) n += face[other];
      }
      const float length = glm::length(n);
      n = length > 0 ? n / length : (own > 0 ? face[t] / own : Vec3f(0, 0, 1));
      corner[k] = UINT32_MAX;
      for (const std::uint32_t candidate : made[v]) {
        if (glm::dot(out.normals[candidate], n) > 0.99999f) corner[k] = candidate;
      }
      if (corner[k] == UINT32_MAX) {
        corner[k] = out.add_vertex(mesh.positions[v], n, mesh.uvs[v]);
        made[v].push_back(corner[k]);
      }
    }
    out.triangles.push_back(corner);
  }
  mesh = std::move(out);
}

}  // namespace oddroad::math
