#include "engine/asset/vehicle_cut.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace oddroad::asset {

using math::Vec3d;
using Triangle = std::array<std::uint32_t, 3>;

namespace {

constexpr double kOnPlane = 3e-5;

// One cut of one skin by one cell. Vertices made on an edge are remembered, so that both triangles
// at the edge get the same one.
class Cutter {
 public:
  Cutter(BodySkin& skin, const ConvexCell& cell) : skin_(skin), cell_(cell) {
    beyond_.reserve(skin.positions.size());
    for (const Vec3d& p : skin.positions) beyond_.push_back(first_beyond(p));
  }

  // Parts of the triangle outside the cell, and the part inside (empty: not touched).
  std::vector<std::uint32_t> split(const Triangle& triangle,
                                   std::vector<std::vector<std::uint32_t>>& outside) {
    std::vector<std::uint32_t> ring(triangle.begin(), triangle.end());
    for (std::size_t plane = 0; plane < cell_.size() && !ring.empty(); ++plane) {
      std::vector<std::uint32_t> in;
      std::vector<std::uint32_t> out;
      split_ring(ring, plane, in, out);
      if (out.size() >= 3) outside.push_back(out);
      ring = in.size() >= 3 ? in : std::vector<std::uint32_t>{};
    }
    return ring;
  }

  // Does all of one of the skin's own triangles lie on or beyond one plane?
  [[nodiscard]] bool misses(const Triangle& t) const {
    const std::uint32_t plane = beyond_[t[0]];
    if (plane < cell_.size() && beyond_[t[1]] == plane && beyond_[t[2]] == plane) return true;
    return std::any_of(cell_.begin(), cell_.end(), [&](const CutPlane& other) {
      return std::all_of(t.begin(), t.end(), [&](std::uint32_t v) {
        return side(other, skin_.positions[v]) >= 0;
      });
    });
  }

 private:
  static double side(const CutPlane& plane, const Vec3d& p) {
    const double d = glm::dot(plane.normal, p) - plane.offset;
    return std::abs(d) < kOnPlane ? 0.0 : d;
  }

  // The first plane that p does not lie inside of; none: their number.
  [[nodiscard]] std::uint32_t first_beyond(const Vec3d& p) const {
    std::uint32_t plane = 0;
    while (plane < cell_.size() && side(cell_[plane], p) < 0) ++plane;
    return plane;
  }

  void split_ring(const std::vector<std::uint32_t>& ring, std::size_t plane,
                  std::vector<std::uint32_t>& in, std::vector<std::uint32_t>& out) {
    bool any_in = false;
    bool any_out = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const std::uint32_t a = ring[i];
      const std::uint32_t b = ring[(i + 1) % ring.size()];
      const double da = side(cell_[plane], skin_.positions[a]);
      const double db = side(cell_[plane], skin_.positions[b]);
      any_in = any_in || da < 0;
      any_out = any_out || da > 0;
      if (da <= 0) in.push_back(a);
      if (da >= 0) out.push_back(a);
      if (da * db < 0) {
        const std::uint32_t m = between(a, b, plane);
        in.push_back(m);
        out.push_back(m);
      }
    }
    if (!any_out) out.clear();
    if (!any_in) in.clear();
  }

  std::uint32_t between(std::uint32_t a, std::uint32_t b, std::size_t plane) {
    if (a > b) std::swap(a, b);
    const auto [found, fresh] = made_.try_emplace({a, b, plane}, 0);
    if (!fresh) return found->second;
    const Vec3d pa = skin_.positions[a];
    const Vec3d pb = skin_.positions[b];
    const double da = glm::dot(cell_[plane].normal, pa) - cell_[plane].offset;
    const double db = glm::dot(cell_[plane].normal, pb) - cell_[plane].offset;
    const double t = da / (da - db);
    Vec3d p = pa + t * (pb - pa);
    if (pa.y == 0 && pb.y == 0) p.y = 0;
    skin_.positions.push_back(p);
    skin_.normals.push_back(
        glm::normalize(skin_.normals[a] + t * (skin_.normals[b] - skin_.normals[a])));
    found->second = static_cast<std::uint32_t>(skin_.positions.size() - 1);
    return found->second;
  }

  BodySkin& skin_;
  const ConvexCell& cell_;
  std::vector<std::uint32_t> beyond_;  // of each vertex
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::size_t>, std::uint32_t> made_;
};

Vec3d area_normal(const BodySkin& skin, const Triangle& t) {
  const auto& p = skin.positions;
  return glm::cross(p[t[1]] - p[t[0]], p[t[2]] - p[t[0]]);
}

// Fan that starts where its thinnest triangle is thickest.
void add_polygon(BodySkin& skin, const std::vector<std::uint32_t>& ring, std::uint16_t tag,
                 std::vector<Triangle>& triangles, std::vector<std::uint16_t>& tags) {
  const std::size_t n = ring.size();
  std::size_t best = 0;
  double best_area = -1;
  for (std::size_t s = 0; s < n && n > 3; ++s) {
    double least = 1e30;
    for (std::size_t i = 1; i + 1 < n; ++i) {
      const Triangle t{ring[s], ring[(s + i) % n], ring[(s + i + 1) % n]};
      least = std::min(least, glm::length(area_normal(skin, t)));
    }
    if (least > best_area) {
      best_area = least;
      best = s;
    }
  }
  for (std::size_t i = 1; i + 1 < n; ++i) {
    triangles.push_back({ring[best], ring[(best + i) % n], ring[(best + i + 1) % n]});
    tags.push_back(tag);
  }
}

}  // namespace

void cut_skin(BodySkin& skin, const ConvexCell& cell, std::uint16_t tag, const CutFilter& filter) {
  Cutter cutter(skin, cell);
  std::vector<Triangle> triangles;
  std::vector<std::uint16_t> tags;
  std::size_t done = 0;  // of the skin's triangles
  const auto keep_up_to = [&](std::size_t end) {
    const auto from = static_cast<std::ptrdiff_t>(done), to = static_cast<std::ptrdiff_t>(end);
    triangles.insert(triangles.end(), skin.triangles.begin() + from, skin.triangles.begin() + to);
    tags.insert(tags.end(), skin.tags.begin() + from, skin.tags.begin() + to);
  };
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    const Triangle triangle = skin.triangles[t];
    if (cutter.misses(triangle)) continue;
    const auto& p = skin.positions;
    const Vec3d centre = (p[triangle[0]] + p[triangle[1]] + p[triangle[2]]) / 3.0;
    const Vec3d n = area_normal(skin, triangle);
    const double length = glm::length(n);
    if (!(length > 0) || !filter(centre, n / length, skin.tags[t])) continue;
    std::vector<std::vector<std::uint32_t>> outside;
    const std::vector<std::uint32_t> inside = cutter.split(triangle, outside);
    if (inside.empty()) continue;
    keep_up_to(t);
    done = t + 1;
    for (const auto& ring : outside) add_polygon(skin, ring, skin.tags[t], triangles, tags);
    add_polygon(skin, inside, tag, triangles, tags);
  }
  if (done == 0) return;
  keep_up_to(skin.triangles.size());
  skin.triangles = std::move(triangles);
  skin.tags = std::move(tags);
}

void mirror_skin(BodySkin& skin) {
  const auto count = static_cast<std::uint32_t>(skin.positions.size());
  std::vector<std::uint32_t> image(count);
  for (std::uint32_t v = 0; v < count; ++v) {
    if (skin.positions[v].y == 0) {
      skin.normals[v].y = 0;
      skin.normals[v] = glm::normalize(skin.normals[v]);
      image[v] = v;
      continue;
    }
    image[v] = static_cast<std::uint32_t>(skin.positions.size());
    skin.positions.push_back(skin.positions[v] * Vec3d(1, -1, 1));
    skin.normals.push_back(skin.normals[v] * Vec3d(1, -1, 1));
  }
  const std::size_t triangles = skin.triangles.size();
  for (std::size_t t = 0; t < triangles; ++t) {
    const Triangle s = skin.triangles[t];
    skin.triangles.push_back({image[s[0]], image[s[2]], image[s[1]]});
    skin.tags.push_back(skin.tags[t]);
  }
}

namespace {

using Edge = std::array<std::uint32_t, 2>;

// Directed edges of the triangles of a tag whose other side is not of that tag.
std::vector<Edge> region_border(const BodySkin& skin, std::uint16_t tag) {
  std::map<Edge, int> edges;
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    if (skin.tags[t] != tag) continue;
    for (std::size_t k = 0; k < 3; ++k) {
      ++edges[{skin.triangles[t][k], skin.triangles[t][(k + 1) % 3]}];
    }
  }
  std::vector<Edge> border;
  for (const auto& [edge, count] : edges) {
    if (!edges.contains({edge[1], edge[0]})) border.push_back(edge);
  }
  return border;
}

}  // namespace

void remove_tag(BodySkin& skin, std::uint16_t tag, std::vector<std::array<Vec3d, 2>>& edges) {
  for (const Edge& e : region_border(skin, tag)) {
    edges.push_back({skin.positions[e[1]], skin.positions[e[0]]});
  }
  std::size_t kept = 0;
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    if (skin.tags[t] == tag) continue;
    skin.triangles[kept] = skin.triangles[t];
    skin.tags[kept++] = skin.tags[t];
  }
  skin.triangles.resize(kept);
  skin.tags.resize(kept);
}

void inset_skin(BodySkin& skin, std::uint16_t tag, double depth_m, std::uint16_t wall_tag) {
  const std::vector<Edge> border = region_border(skin, tag);
  std::map<std::uint32_t, std::uint32_t> moved;
  const auto low = [&](std::uint32_t v) {
    const auto [found, fresh] = moved.try_emplace(v, 0);
    if (fresh) {
      skin.positions.push_back(skin.positions[v] - depth_m * skin.normals[v]);
      skin.normals.push_back(skin.normals[v]);
      found->second = static_cast<std::uint32_t>(skin.positions.size() - 1);
    }
    return found->second;
  };
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    if (skin.tags[t] != tag) continue;
    for (std::uint32_t& v : skin.triangles[t]) v = low(v);
  }
  for (const Edge& e : border) {
    const Vec3d a = skin.positions[e[0]];
    const Vec3d b = skin.positions[e[1]];
    if (a.y == 0 && b.y == 0) continue;  // mirror plane: the region goes on
    const Vec3d c = skin.positions[low(e[1])];
    const Vec3d d = skin.positions[low(e[0])];
    const Vec3d n = glm::cross(c - a, d - b);
    if (!(glm::length(n) > 1e-12)) continue;
    const auto base = static_cast<std::uint32_t>(skin.positions.size());
    for (const Vec3d& p : {a, b, c, d}) {
      skin.positions.push_back(p);
      skin.normals.push_back(glm::normalize(n));
    }
    skin.triangles.push_back({base, base + 1, base + 2});
    skin.triangles.push_back({base, base + 2, base + 3});
    skin.tags.insert(skin.tags.end(), {wall_tag, wall_tag});
  }
}

math::TriangleMesh to_mesh(const BodySkin& skin) {
  math::TriangleMesh mesh;
  std::vector<std::uint32_t> index(skin.positions.size(), UINT32_MAX);
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    Triangle out{};
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint32_t v = skin.triangles[t][k];
      if (index[v] == UINT32_MAX) {
        const Vec3d& p = skin.positions[v];
        index[v] = mesh.add_vertex(math::Vec3f(p), math::Vec3f(skin.normals[v]), {p.x, p.z});
      }
      out[k] = index[v];
    }
    mesh.add_triangle(out[0], out[1], out[2], skin.tags[t]);
  }
  mesh.remove_degenerate();
  return mesh;
}

}  // namespace oddroad::asset
