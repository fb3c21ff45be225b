#include <algorithm>
#include <cmath>
#include <compare>
#include <map>
#include <unordered_map>

#include "engine/asset/vehicle_cut.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

using Edge = std::array<std::uint32_t, 2>;
using Key = std::array<std::int64_t, 3>;

struct KeyHash {
  std::size_t operator()(const Key& key) const {
    return static_cast<std::size_t>(key[0] * 73856093 ^ key[1] * 19349663 ^ key[2] * 83492791);
  }
};
using Cells = std::unordered_map<Key, std::vector<std::uint32_t>, KeyHash>;

constexpr double kWeld = 2e-5;
constexpr double kSliver = 4e-5;

Key key_of(const Vec3d& p, double size) {
  return {std::lround(p.x / size), std::lround(p.y / size), std::lround(p.z / size)};
}

template <typename Visit>
void around(const Key& key, const Visit& visit) {
  const auto [x, y, z] = key;
  for (std::int64_t i = x - 1; i <= x + 1; ++i) {
    for (std::int64_t j = y - 1; j <= y + 1; ++j) {
      for (std::int64_t k = z - 1; k <= z + 1; ++k) visit(Key{i, j, k});
    }
  }
}

void weld(BodySkin& skin) {
  Cells cells;
  std::vector<std::uint32_t> to(skin.positions.size());
  for (std::uint32_t v = 0; v < skin.positions.size(); ++v) {
    to[v] = v;
    const Key key = key_of(skin.positions[v], 4 * kWeld);
    around(key, [&](const Key& k) {
      const auto found = cells.find(k);
      if (found == cells.end() || to[v] != v) return;
      for (const std::uint32_t o : found->second) {
        if (glm::distance(skin.positions[o], skin.positions[v]) < kWeld) to[v] = std::min(to[v], o);
      }
    });
    if (to[v] == v) cells[key].push_back(v);
  }
  for (auto& triangle : skin.triangles) {
    for (std::uint32_t& v : triangle) v = to[v];
  }
}

// Height over the longest side.
double thickness(const BodySkin& skin, const std::array<std::uint32_t, 3>& t) {
  const Vec3d a = skin.positions[t[0]];
  const Vec3d b = skin.positions[t[1]];
  const Vec3d c = skin.positions[t[2]];
  const double longest = std::max({glm::distance(a, b), glm::distance(b, c), glm::distance(c, a)});
  return longest > 0 ? glm::length(glm::cross(b - a, c - a)) / longest : 0;
}

void drop_slivers(BodySkin& skin) {
  std::size_t kept = 0;
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    if (thickness(skin, skin.triangles[t]) < kSliver) continue;
    skin.triangles[kept] = skin.triangles[t];
    skin.tags[kept++] = skin.tags[t];
  }
  skin.triangles.resize(kept);
  skin.tags.resize(kept);
}

// A directed edge and the last triangle that has it.
struct EdgeOf {
  Edge edge;
  std::size_t triangle;
  auto operator<=>(const EdgeOf&) const = default;
};

// In ascending order of their edges.
std::vector<EdgeOf> open_edges(const BodySkin& skin) {
  std::vector<EdgeOf> edges;
  edges.reserve(3 * skin.triangles.size());
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    for (std::size_t k = 0; k < 3; ++k) {
      edges.push_back({{skin.triangles[t][k], skin.triangles[t][(k + 1) % 3]}, t});
    }
  }
  std::sort(edges.begin(), edges.end());
  std::vector<EdgeOf> open;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const Edge& edge = edges[i].edge;
    if (i + 1 < edges.size() && edges[i + 1].edge == edge) continue;
    if (skin.positions[edge[0]].y == 0 && skin.positions[edge[1]].y == 0) continue;  // mirror plane
    const EdgeOf back{{edge[1], edge[0]}, 0};
    const auto found = std::lower_bound(edges.begin(), edges.end(), back);
    if (found == edges.end() || found->edge != back.edge) open.push_back(edges[i]);
  }
  return open;
}

// Vertices of open edges strictly inside the segment, in order along it.
class OpenVertices {
 public:
  OpenVertices(const BodySkin& skin, const std::vector<EdgeOf>& open) : skin_(skin) {
    for (const auto& [edge, t] : open) {
      for (const std::uint32_t v : edge) cells_[key_of(skin.positions[v], kSize)].push_back(v);
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> on(const Edge& edge) const {
    const Vec3d a = skin_.positions[edge[0]];
    const Vec3d d = skin_.positions[edge[1]] - a;
    const double length = glm::length(d);
    std::map<double, std::uint32_t> found;
    const int steps = static_cast<int>(length / kSize) + 1;
    for (int s = 0; s <= steps; ++s) {
      around(key_of(a + d * (static_cast<double>(s) / steps), kSize), [&](const Key& key) {
        const auto cell = cells_.find(key);
        if (cell == cells_.end()) return;
        for (const std::uint32_t v : cell->second) {
          const Vec3d off = skin_.positions[v] - a;
          const double along = glm::dot(off, d) / length;
          if (along < 2e-5 || along > length - 2e-5) continue;
          if (glm::length(off - along * d / length) < 6e-5) found[along] = v;
        }
      });
    }
    std::vector<std::uint32_t> out;
    for (const auto& [along, v] : found) {
      if (v != edge[0] && v != edge[1]) out.push_back(v);
    }
    return out;
  }

 private:
  static constexpr double kSize = 0.02;
  const BodySkin& skin_;
  Cells cells_;
};

// Splits one edge of each triangle that has other triangles' vertices on it.
bool split_open_edges(BodySkin& skin) {
  const auto open = open_edges(skin);
  const OpenVertices vertices(skin, open);
  std::map<std::size_t, Edge> todo;
  std::map<std::size_t, std::vector<std::uint32_t>> points;
  for (const auto& [edge, t] : open) {
    if (todo.contains(t)) continue;
    std::vector<std::uint32_t> on = vertices.on(edge);
    const auto& triangle = skin.triangles[t];
    std::erase_if(on, [&](std::uint32_t v) {
      return v == triangle[0] || v == triangle[1] || v == triangle[2];
    });
    if (on.empty()) continue;
    todo[t] = edge;
    points[t] = on;
  }
  for (const auto& [t, edge] : todo) {
    std::uint32_t apex = 0;
    for (const std::uint32_t v : skin.triangles[t]) {
      if (v != edge[0] && v != edge[1]) apex = v;
    }
    std::vector<std::uint32_t> chain{edge[0]};
    chain.insert(chain.end(), points[t].begin(), points[t].end());
    chain.push_back(edge[1]);
    skin.triangles[t] = {chain[0], chain[1], apex};
    for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
      skin.triangles.push_back({chain[i], chain[i + 1], apex});
      skin.tags.push_back(skin.tags[t]);
    }
  }
  return !todo.empty();
}

}  // namespace

void repair_skin(BodySkin& skin) {
  weld(skin);
  drop_slivers(skin);
  for (int round = 0; round < 6 && split_open_edges(skin); ++round) drop_slivers(skin);
}

}  // namespace oddroad::asset
