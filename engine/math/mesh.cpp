#include "engine/math/mesh.h"

#include <cmath>
#include <cstring>
#include <numeric>
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

// The faces around each place, in their order: those of place p are from[p] to from[p + 1].
struct FacesAround {
  explicit FacesAround(const TriangleMesh& mesh);
  std::vector<std::uint32_t> place;  // of each vertex
  std::vector<std::uint32_t> from;
  std::vector<std::uint32_t> faces;
};

FacesAround::FacesAround(const TriangleMesh& mesh) {
  std::unordered_map<Vec3f, std::uint32_t, PositionHash> known;
  known.reserve(mesh.positions.size());
  place.reserve(mesh.positions.size());
  for (const Vec3f& p : mesh.positions) {
    const auto next = static_cast<std::uint32_t>(known.size());
    place.push_back(known.try_emplace(p + 0.0f, next).first->second);
  }
  from.resize(known.size() + 1);
  for (const auto& corners : mesh.triangles) {
    for (const std::uint32_t v : corners) ++from[place[v] + 1];
  }
  std::partial_sum(from.begin(), from.end(), from.begin());
  faces.resize(3 * mesh.triangles.size());
  std::vector<std::uint32_t> next(from.begin(), from.end() - 1);
  for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    for (const std::uint32_t v : mesh.triangles[t]) faces[next[place[v]]++] = t;
  }
}

constexpr std::uint32_t kNone = UINT32_MAX;

// The new vertices of each old one, in their order.
class Splits {
 public:
  explicit Splits(std::size_t count) : first_(count, kNone), last_(count, kNone) {}

  // The one with this normal; the last if there are several.
  [[nodiscard]] std::uint32_t find(std::uint32_t old, const Vec3f& n,
                                   const TriangleMesh& out) const {
    std::uint32_t found = kNone;
    for (std::uint32_t v = first_[old]; v != kNone; v = next_[v]) {
      if (glm::dot(out.normals[v], n) > 0.99999f) found = v;
    }
    return found;
  }
  // `fresh`: vertices are added in their order.
  void add(std::uint32_t old, std::uint32_t fresh) {
    next_.push_back(kNone);
    (first_[old] == kNone ? first_[old] : next_[last_[old]]) = fresh;
    last_[old] = fresh;
  }

 private:
  std::vector<std::uint32_t> first_, last_, next_;
};

}  // namespace

void smooth_normals(TriangleMesh& mesh, float crease_rad) {
  const FacesAround around(mesh);
  std::vector<Vec3f> face;
  std::vector<float> length;
  for (const auto& [a, b, c] : mesh.triangles) {
    const auto& p = mesh.positions;
    face.push_back(glm::cross(p[b] - p[a], p[c] - p[a]));
    length.push_back(glm::length(face.back()));
  }
  const float limit = std::cos(crease_rad);
  // Area-weighted mean of the faces that meet face t at a place.
  const auto normal_at = [&](std::uint32_t place, std::uint32_t t) {
    const float own = length[t];
    Vec3f n(0);
    for (std::uint32_t i = around.from[place]; i < around.from[place + 1]; ++i) {
      const std::uint32_t other = around.faces[i];
      if (length[other] <= 0 || own <= 0) continue;
      if (glm::dot(face[other], face[t]) >= limit * length[other] * own) n += face[other];
    }
    const float size = glm::length(n);
    return size > 0 ? n / size : (own > 0 ? face[t] / own : Vec3f(0, 0, 1));
  };
  TriangleMesh out;
  out.material = mesh.material;
  Splits made(mesh.positions.size());
  for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    std::array<std::uint32_t, 3> corner{};
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t v = mesh.triangles[t][k];
      const Vec3f n = normal_at(around.place[v], t);
      corner[k] = made.find(v, n, out);
      if (corner[k] != kNone) continue;
      corner[k] = out.add_vertex(mesh.positions[v], n, mesh.uvs[v]);
      made.add(v, corner[k]);
    }
    out.triangles.push_back(corner);
  }
  mesh = std::move(out);
}

}  // namespace oddroad::math
