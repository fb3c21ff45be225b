#include <algorithm>
#include <map>
#include <numeric>
#include <span>

#include "engine/asset/cell_grid.h"
#include "engine/asset/vehicle_cut.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

using Edge = std::array<std::uint32_t, 2>;

constexpr double kWeld = 2e-5;
constexpr double kSliver = 4e-5;

void weld(BodySkin& skin) {
  CellGrid kept(4 * kWeld, skin.positions.size());
  std::vector<std::uint32_t> to(skin.positions.size());
  for (std::uint32_t v = 0; v < skin.positions.size(); ++v) {
    to[v] = v;
    const Vec3d& p = skin.positions[v];
    kept.visit_box(p - kWeld, p + kWeld, [&](std::uint32_t o) {
      if (glm::distance(skin.positions[o], p) < kWeld) to[v] = std::min(to[v], o);
      return to[v] == v;
    });
    if (to[v] == v) kept.add(p, v);
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

// `fresh`: which triangles may be slivers; the others have been looked at.
void drop_slivers(BodySkin& skin, const std::vector<bool>& fresh) {
  std::size_t kept = 0;
  for (std::size_t t = 0; t < skin.triangles.size(); ++t) {
    if (fresh[t] && thickness(skin, skin.triangles[t]) < kSliver) continue;
    skin.triangles[kept] = skin.triangles[t];
    skin.tags[kept++] = skin.tags[t];
  }
  skin.triangles.resize(kept);
  skin.tags.resize(kept);
}

// A directed edge and the last triangle that has it.
struct EdgeOf {
  Edge edge;
  std::uint32_t triangle;
};

// The directed edges of a skin by the vertex they leave.
class EdgesFrom {
 public:
  explicit EdgesFrom(const BodySkin& skin) : first_(skin.positions.size() + 1) {
    for (const auto& t : skin.triangles) {
      for (const std::uint32_t v : t) ++first_[v + 1];
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    ends_.resize(3 * skin.triangles.size());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::uint32_t t = 0; t < skin.triangles.size(); ++t) {
      const auto& corners = skin.triangles[t];
      for (std::size_t k = 0; k < 3; ++k) ends_[next[corners[k]]++] = {corners[(k + 1) % 3], t};
    }
  }

  // Where they lead and whose they are, by triangle.
  using End = std::pair<std::uint32_t, std::uint32_t>;
  [[nodiscard]] std::span<const End> operator[](std::uint32_t v) const {
    return {ends_.data() + first_[v], first_[v + 1] - first_[v]};
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<End> ends_;
};

// In ascending order of their edges.
std::vector<EdgeOf> open_edges(const BodySkin& skin) {
  const EdgesFrom from(skin);
  std::vector<EdgeOf> open;
  for (std::uint32_t v = 0; v < skin.positions.size(); ++v) {
    for (const auto& [to, triangle] : from[v]) {
      if (skin.positions[v].y == 0 && skin.positions[to].y == 0) continue;  // mirror plane
      const auto back = from[to];
      const bool closed = std::any_of(back.begin(), back.end(), [&](const auto& end) {
        return end.first == v;
      });
      if (!closed) open.push_back({{v, to}, triangle});
    }
  }
  std::stable_sort(open.begin(), open.end(), [](const EdgeOf& a, const EdgeOf& b) {
    return a.edge < b.edge;
  });
  // Of several triangles with one edge, the last.
  const auto same = [](const EdgeOf& a, const EdgeOf& b) {
    return a.edge == b.edge;
  };
  open.erase(open.begin(), std::unique(open.rbegin(), open.rend(), same).base());
  return open;
}

// Vertices of open edges strictly inside the segment, in order along it.
class OpenVertices {
 public:
  OpenVertices(const BodySkin& skin, const std::vector<EdgeOf>& open)
      : skin_(skin), grid_(kCell, 2 * open.size()) {
    for (const EdgeOf& o : open) {
      for (const std::uint32_t v : o.edge) grid_.add(skin.positions[v], v);
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> on(const Edge& edge) const {
    const Vec3d a = skin_.positions[edge[0]];
    const Vec3d d = skin_.positions[edge[1]] - a;
    const double length = glm::length(d);
    std::map<double, std::uint32_t> found;
    const auto look = [&](std::uint32_t v) {
      const Vec3d off = skin_.positions[v] - a;
      const double along = glm::dot(off, d) / length;
      const bool inside = along >= kEnd && along <= length - kEnd;
      if (inside && glm::length(off - along * d / length) < kAside) found[along] = v;
      return true;
    };
    const int pieces = static_cast<int>(length / kCell) + 1;
    for (int s = 0; s < pieces; ++s) {
      const Vec3d p = a + d * (static_cast<double>(s) / pieces);
      const Vec3d q = a + d * (static_cast<double>(s + 1) / pieces);
      grid_.visit_box(glm::min(p, q) - kAside, glm::max(p, q) + kAside, look);
    }
    std::vector<std::uint32_t> out;
    for (const auto& [along, v] : found) {
      if (v != edge[0] && v != edge[1]) out.push_back(v);
    }
    return out;
  }

 private:
  static constexpr double kCell = 0.02;
  static constexpr double kEnd = 2e-5;
  static constexpr double kAside = 6e-5;
  const BodySkin& skin_;
  CellGrid grid_;
};

// An edge of a triangle and the vertices on it, in order.
struct Split {
  std::uint32_t triangle;
  Edge edge;
  std::vector<std::uint32_t> points;
};

// One for each triangle that has other triangles' vertices on an edge, ascending.
std::vector<Split> find_splits(const BodySkin& skin) {
  const auto open = open_edges(skin);
  const OpenVertices vertices(skin, open);
  std::vector<Split> splits;
  std::vector<bool> known(skin.triangles.size());
  for (const auto& [edge, t] : open) {
    if (known[t]) continue;
    std::vector<std::uint32_t> on = vertices.on(edge);
    const auto& triangle = skin.triangles[t];
    std::erase_if(on, [&](std::uint32_t v) {
      return v == triangle[0] || v == triangle[1] || v == triangle[2];
    });
    if (on.empty()) continue;
    known[t] = true;
    splits.push_back({t, edge, std::move(on)});
  }
  std::sort(splits.begin(), splits.end(), [](const Split& a, const Split& b) {
    return a.triangle < b.triangle;
  });
  return splits;
}

// Which triangles are new; empty: there was nothing to split.
std::vector<bool> split_open_edges(BodySkin& skin) {
  const std::vector<Split> splits = find_splits(skin);
  if (splits.empty()) return {};
  std::vector<bool> fresh(skin.triangles.size());
  for (const auto& [t, edge, points] : splits) {
    std::uint32_t apex = 0;
    for (const std::uint32_t v : skin.triangles[t]) {
      if (v != edge[0] && v != edge[1]) apex = v;
    }
    std::vector<std::uint32_t> chain{edge[0]};
    chain.insert(chain.end(), points.begin(), points.end());
    chain.push_back(edge[1]);
    skin.triangles[t] = {chain[0], chain[1], apex};
    fresh[t] = true;
    for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
      skin.triangles.push_back({chain[i], chain[i + 1], apex});
      skin.tags.push_back(skin.tags[t]);
    }
  }
  fresh.resize(skin.triangles.size(), true);
  return fresh;
}

}  // namespace

void repair_skin(BodySkin& skin) {
  weld(skin);
  drop_slivers(skin, std::vector<bool>(skin.triangles.size(), true));
  for (int round = 0; round < 6; ++round) {
    const std::vector<bool> fresh = split_open_edges(skin);
    if (fresh.empty()) return;
    drop_slivers(skin, fresh);
  }
}

}  // namespace oddroad::asset
