// Removes vertices that cutting left on flat skin or on straight borders.
#include <algorithm>
#include <utility>
#include <vector>

#include "engine/asset/vehicle_cut.h"

namespace oddroad::asset {

using math::Vec3d;
using Triangle = std::array<std::uint32_t, 3>;

namespace {

constexpr double kFlat = 3.5e-4;  // metres a removed vertex may lie off the new surface
constexpr double kTurn = 0.9976;  // cosine of the turn a normal may make (4 degrees)

class Simplifier {
 public:
  explicit Simplifier(BodySkin& skin)
      : skin_(skin),
        fans_(skin.positions.size()),
        worth_a_try_(skin.positions.size(), true),
        marks_(skin.positions.size()) {
    for (std::uint32_t t = 0; t < skin.triangles.size(); ++t) {
      for (const std::uint32_t v : skin.triangles[t]) fans_[v].push_back(t);
    }
    dead_.assign(skin.triangles.size(), false);
  }

  bool pass() {
    bool any = false;
    for (std::uint32_t v = 0; v < fans_.size(); ++v) {
      if (!worth_a_try_[v]) continue;
      worth_a_try_[v] = false;
      any = try_remove(v) || any;
    }
    return any;
  }

  void finish() {
    std::size_t kept = 0;
    for (std::size_t t = 0; t < skin_.triangles.size(); ++t) {
      if (dead_[t]) continue;
      skin_.triangles[kept] = skin_.triangles[t];
      skin_.tags[kept++] = skin_.tags[t];
    }
    skin_.triangles.resize(kept);
    skin_.tags.resize(kept);
  }

 private:
  // Fills around_ with the neighbours in the fan, ascending, and border_ with those between two
  // tags. False unless each edge to a neighbour has two triangles.
  bool look_around(std::uint32_t v) {
    spokes_.clear();
    for (const std::uint32_t t : fans_[v]) {
      for (const std::uint32_t n : skin_.triangles[t]) {
        if (n != v) spokes_.emplace_back(n, skin_.tags[t]);
      }
    }
    std::sort(spokes_.begin(), spokes_.end());
    around_.clear();
    border_.clear();
    for (std::size_t i = 0; i < spokes_.size(); i += 2) {
      const auto [n, tag] = spokes_[i];
      const bool pair = i + 1 < spokes_.size() && spokes_[i + 1].first == n;
      if (!pair || (i + 2 < spokes_.size() && spokes_[i + 2].first == n)) return false;
      around_.push_back(n);
      if (spokes_[i + 1].second != tag) border_.push_back(n);
    }
    return true;
  }

  bool try_remove(std::uint32_t v) {
    if (fans_[v].size() < 3 || skin_.positions[v].y == 0 || !look_around(v)) return false;
    if (border_.size() == 2) {
      const Vec3d a = skin_.positions[border_[0]];
      const Vec3d b = skin_.positions[border_[1]];
      const Vec3d off = glm::cross(skin_.positions[v] - a, glm::normalize(b - a));
      if (glm::length(off) > kFlat) return false;
    } else if (!border_.empty()) {
      return false;
    }
    mark_around();
    targets_.clear();
    for (const std::uint32_t n : border_.empty() ? around_ : border_) {
      targets_.emplace_back(glm::distance(skin_.positions[n], skin_.positions[v]), n);
    }
    std::sort(targets_.begin(), targets_.end());
    for (const auto& [distance, target] : targets_) {
      if (allowed(v, target)) {
        collapse(v, target);
        return true;
      }
    }
    return false;
  }

  void mark_around() {
    ++mark_;
    for (const std::uint32_t n : around_) marks_[n] = {mark_, 0};
  }

  // Link condition: v and `to` share only the two opposite corners.
  [[nodiscard]] bool shares_two(std::uint32_t v, std::uint32_t to) {
    int shared = 0;
    for (const std::uint32_t t : fans_[to]) {
      for (const std::uint32_t n : skin_.triangles[t]) {
        Mark& mark = marks_[n];
        if (n == to || n == v || mark.around != mark_ || mark.shared == to + 1) continue;
        mark.shared = to + 1;
        ++shared;
      }
    }
    return shared == 2;
  }

  [[nodiscard]] bool allowed(std::uint32_t v, std::uint32_t to) {
    if (glm::dot(skin_.normals[v], skin_.normals[to]) < kTurn) return false;
    for (const std::uint32_t t : fans_[v]) {
      Triangle tri = skin_.triangles[t];
      if (std::find(tri.begin(), tri.end(), to) != tri.end()) continue;
      std::replace(tri.begin(), tri.end(), v, to);
      if (!good(tri, skin_.positions[v])) return false;
    }
    return shares_two(v, to);  // last: it hardly ever fails
  }

  // Close to the removed point, faces as its vertices do, and not a needle: what fails most first.
  [[nodiscard]] bool good(const Triangle& t, const Vec3d& removed) const {
    const auto& p = skin_.positions;
    const Vec3d n = glm::cross(p[t[1]] - p[t[0]], p[t[2]] - p[t[0]]);
    const double area2 = glm::length(n);
    const Vec3d unit = n / area2;
    if (!(std::abs(glm::dot(unit, removed - p[t[0]])) < kFlat)) return false;
    for (const std::uint32_t v : t) {
      if (glm::dot(unit, skin_.normals[v]) < 0.98) return false;
    }
    const double longest =
        std::max({glm::distance(p[t[0]], p[t[1]]), glm::distance(p[t[1]], p[t[2]]),
                  glm::distance(p[t[2]], p[t[0]])});
    return !(area2 < 0.025 * longest * longest || longest > 0.6);
  }

  void collapse(std::uint32_t v, std::uint32_t to) {
    for (const std::uint32_t t : fans_[v]) {
      Triangle& tri = skin_.triangles[t];
      if (std::find(tri.begin(), tri.end(), to) != tri.end()) {
        dead_[t] = true;
        for (const std::uint32_t n : tri) {
          if (n != v) std::erase(fans_[n], t);
        }
        continue;
      }
      std::replace(tri.begin(), tri.end(), v, to);
      fans_[to].push_back(t);
    }
    fans_[v].clear();
    // Whether a vertex can go depends on the fans of its neighbours, and theirs have changed.
    for (const std::uint32_t changed : around_) {
      for (const std::uint32_t t : fans_[changed]) {
        for (const std::uint32_t n : skin_.triangles[t]) worth_a_try_[n] = true;
      }
    }
  }

  // Whether a vertex is a neighbour of the one at hand, and has been counted for which other one.
  struct Mark {
    std::uint32_t around = 0;  // mark_: it is
    std::uint32_t shared = 0;  // 1 more than the other one
  };

  BodySkin& skin_;
  std::vector<std::vector<std::uint32_t>> fans_;
  std::vector<bool> worth_a_try_;
  std::vector<bool> dead_;
  std::vector<Mark> marks_;
  std::uint32_t mark_ = 0;  // another one for each vertex at hand
  // Of the vertex at hand.
  std::vector<std::pair<std::uint32_t, std::uint16_t>> spokes_;  // neighbour, tag of the triangle
  std::vector<std::uint32_t> around_;
  std::vector<std::uint32_t> border_;
  std::vector<std::pair<double, std::uint32_t>> targets_;
};

}  // namespace

void simplify_skin(BodySkin& skin) {
  Simplifier simplifier(skin);
  for (int round = 0; round < 5 && simplifier.pass(); ++round) {
  }
  simplifier.finish();
}

}  // namespace oddroad::asset
