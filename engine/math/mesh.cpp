#include "engine/math/mesh.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <optional>
#include <span>

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

constexpr std::uint32_t kNone = UINT32_MAX;

// Numbers the places of vertices in the order of their first vertex; 0 and -0 are one place.
class Places {
 public:
  explicit Places(const std::vector<Vec3f>& positions) {
    std::size_t size = 16;
    while (size < 2 * positions.size()) size *= 2;
    slots_.assign(size, kNone);
    of_vertex.reserve(positions.size());
    at_.reserve(positions.size());
    for (const Vec3f& p : positions) of_vertex.push_back(number(p + 0.0f));
  }
  [[nodiscard]] std::size_t count() const { return at_.size(); }
  std::vector<std::uint32_t> of_vertex;

 private:
  std::uint32_t number(const Vec3f& p) {
    for (std::size_t slot = hash(p);; ++slot) {
      std::uint32_t& known = slots_[slot & (slots_.size() - 1)];
      if (known == kNone) {
        known = static_cast<std::uint32_t>(at_.size());
        at_.push_back(p);
        return known;
      }
      if (at_[known] == p) return known;
    }
  }
  static std::size_t hash(const Vec3f& p) {
    std::uint32_t bits[3];
    std::memcpy(bits, &p, sizeof bits);
    std::uint64_t h = 1469598103934665603ull;
    for (const std::uint32_t b : bits) h = (h ^ b) * 1099511628211ull;
    return h ^ (h >> 32);  // low bits of floats say little
  }

  std::vector<Vec3f> at_;
  std::vector<std::uint32_t> slots_;  // a power of two
};

struct Face {
  Vec3f normal;  // as long as twice the area
  float length;
};

// The faces with an area around each place, in their order: those of place p are from[p] to
// from[p + 1].
struct FacesAround {
  FacesAround(const TriangleMesh& mesh, const std::vector<Face>& all);
  [[nodiscard]] std::span<const Face> at(std::uint32_t p) const {
    return std::span(faces).subspan(from[p], from[p + 1] - from[p]);
  }
  Places places;
  std::vector<std::uint32_t> from;
  std::vector<Face> faces;
};

FacesAround::FacesAround(const TriangleMesh& mesh, const std::vector<Face>& all)
    : places(mesh.positions), from(places.count() + 1) {
  const std::vector<std::uint32_t>& place = places.of_vertex;
  for (std::size_t t = 0; t < all.size(); ++t) {
    if (all[t].length <= 0) continue;
    for (const std::uint32_t v : mesh.triangles[t]) ++from[place[v] + 1];
  }
  std::partial_sum(from.begin(), from.end(), from.begin());
  faces.resize(from.back());
  std::vector<std::uint32_t> next(from.begin(), from.end() - 1);
  for (std::size_t t = 0; t < all.size(); ++t) {
    if (all[t].length <= 0) continue;
    for (const std::uint32_t v : mesh.triangles[t]) faces[next[place[v]]++] = all[t];
  }
}

// Normals of corners: area-weighted means of the faces that meet one at a place.
class CornerNormals {
 public:
  CornerNormals(const TriangleMesh& mesh, float crease_rad)
      : limit_(std::cos(crease_rad)), half_limit_(half_limit(crease_rad)) {
    faces_.reserve(mesh.triangles.size());
    for (const auto& [a, b, c] : mesh.triangles) {
      const auto& p = mesh.positions;
      const Vec3f n = glm::cross(p[b] - p[a], p[c] - p[a]);
      faces_.push_back({n, glm::length(n)});
    }
    around_.emplace(mesh, faces_);
    smooth_.resize(around_->places.count());
    for (std::uint32_t p = 0; p < smooth_.size(); ++p) smooth_[p] = mean_of_all(around_->at(p));
  }

  [[nodiscard]] Vec3f at(std::uint32_t v, std::uint32_t t) const {
    const Face& own = faces_[t];
    if (!(own.length > 0)) return {0, 0, 1};
    const std::uint32_t place = around_->places.of_vertex[v];
    if (smooth_[place] != Vec3f(0)) return smooth_[place];
    Vec3f n(0);
    for (const Face& other : around_->at(place)) {
      if (glm::dot(other.normal, own.normal) >= limit_ * other.length * own.length) {
        n += other.normal;
      }
    }
    const float size = glm::length(n);
    return size > 0 ? n / size : own.normal / own.length;
  }

 private:
  // Faces that are this near to one direction are near enough to each other, whatever is rounded.
  static float half_limit(float crease_rad) {
    constexpr float kPi = 3.1415927f, kSure = 1e-3f;
    return crease_rad > kPi ? 2 : std::max(std::cos(0.5f * crease_rad), 0.0f) + kSure;
  }

  // Where no two faces make a crease, one normal holds for all of them; else 0.
  [[nodiscard]] Vec3f mean_of_all(std::span<const Face> faces) const {
    Vec3f n(0);
    for (const Face& face : faces) n += face.normal;
    const float size = glm::length(n);
    for (const Face& face : faces) {
      if (!(glm::dot(face.normal, n) >= half_limit_ * face.length * size)) return Vec3f(0);
    }
    return size > 0 ? n / size : Vec3f(0);
  }

  float limit_;
  float half_limit_;
  std::vector<Face> faces_;  // of each triangle
  std::optional<FacesAround> around_;
  std::vector<Vec3f> smooth_;  // of each place
};

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
  const CornerNormals normals(mesh, crease_rad);
  TriangleMesh out;
  out.positions.reserve(mesh.positions.size());
  out.normals.reserve(mesh.positions.size());
  out.uvs.reserve(mesh.positions.size());
  out.triangles.reserve(mesh.triangles.size());
  Splits made(mesh.positions.size());
  for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    std::array<std::uint32_t, 3> corner{};
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t v = mesh.triangles[t][k];
      const Vec3f n = normals.at(v, t);
      corner[k] = made.find(v, n, out);
      if (corner[k] != kNone) continue;
      corner[k] = out.add_vertex(mesh.positions[v], n, mesh.uvs[v]);
      made.add(v, corner[k]);
    }
    out.triangles.push_back(corner);
  }
  out.material = std::move(mesh.material);
  mesh = std::move(out);
}

}  // namespace oddroad::math
