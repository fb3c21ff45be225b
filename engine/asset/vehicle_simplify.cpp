// Removes vertices that cutting left on flat skin or on straight borders.
#include <algorithm>
#include <set>

#include "engine/asset/vehicle_cut.h"

namespace oddroad::asset {

using math::Vec3d;
using Triangle = std::array<std::uint32_t, 3>;

namespace {

constexpr double kFlat = 3.5e-4;  // metres a removed vertex may lie off the new surface
constexpr double kTurn = 0.9976;  // cosine of the turn a normal may make (4 degrees)

class Simplifier {
 public:
  explicit Simplifier(BodySkin& skin) : skin_(skin), fans_(skin.positions.size()) {
    for (std::uint32_t t = 0; t < skin.triangles.size(); ++t) {
      for (const std::uint32_t v : skin.triangles[t]) fans_[v].push_back(t);
    }
    dead_.assign(skin.triangles.size(), false);
  }

  bool pass() {
    bool any = false;
    for (std::uint32_t v = 0; v < fans_.size(); ++v) any = try_remove(v) || any;
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
  // Neighbours in the fan; each edge v-n must have two triangles. border: those between two tags.
  bool neighbours(std::uint32_t v, std::set<std::uint32_t>& all,
                  std::vector<std::uint32_t>& border) const {
    for (const std::uint32_t t : fans_[v]) {
      for (const std::uint32_t n : skin_.triangles[t]) {
        if (n != v) all.insert(n);
      }
    }
    for (const std::uint32_t n : all) {
      int count = 0;
      int tag_sum = 0;
      for (const std::uint32_t t : fans_[v]) {
        const Triangle& tri = skin_.triangles[t];
        if (std::find(tri.begin(), tri.end(), n) == tri.end()) continue;
        tag_sum += count == 0 ? skin_.tags[t] : -int{skin_.tags[t]};
        ++count;
      }
      if (count != 2) return false;
      if (tag_sum != 0) border.push_back(n);
    }
    return true;
  }

  bool try_remove(std::uint32_t v) {
    if (fans_[v].size() < 3 || skin_.positions[v].y == 0) return false;
    std::set<std::uint32_t> around;
    std::vector<std::uint32_t> border;
    if (!neighbours(v, around, border)) return false;
    std::vector<std::uint32_t> targets(around.begin(), around.end());
    if (border.size() == 2) {
      const Vec3d a = skin_.positions[border[0]];
      const Vec3d b = skin_.positions[border[1]];
      const Vec3d off = glm::cross(skin_.positions[v] - a, glm::normalize(b - a));
      if (glm::length(off) > kFlat) return false;
      targets = border;
    } else if (!border.empty()) {
      return false;
    }
    std::sort(targets.begin(), targets.end(), [&](std::uint32_t a, std::uint32_t b) {
      const double da = glm::distance(skin_.positions[a], skin_.positions[v]);
      const double db = glm::distance(skin_.positions[b], skin_.positions[v]);
      return da != db ? da < db : a < b;
    });
    for (const std::uint32_t target : targets) {
      if (allowed(v, target, around)) {
        collapse(v, target);
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool allowed(std::uint32_t v, std::uint32_t to,
                             const std::set<std::uint32_t>& around) const {
    if (glm::dot(skin_.normals[v], skin_.normals[to]) < kTurn) return false;
    std::set<std::uint32_t> shared;  // link condition: only the two opposite corners
    for (const std::uint32_t t : fans_[to]) {
      for (const std::uint32_t n : skin_.triangles[t]) {
        if (n != to && n != v && around.contains(n)) shared.insert(n);
      }
    }
    if (shared.size() != 2) return false;
    for (const std::uint32_t t : fans_[v]) {
      Triangle tri = skin_.triangles[t];
      if (std::find(tri.begin(), tri.end(), to) != tri.end()) continue;
      std::replace(tri.begin(), tri.end(), v, to);
      if (!good(tri, skin_.positions[v])) return false;
    }
    return true;
  }

  // Faces as its vertices do, not a needle, and close to the removed point.
  [[nodiscard]] bool good(const Triangle& t, const Vec3d& removed) const {
    const auto& p = skin_.positions;
    const Vec3d n = glm::cross(p[t[1]] - p[t[0]], p[t[2]] - p[t[0]]);
    const double area2 = glm::length(n);
    const double longest =
        std::max({glm::distance(p[t[0]], p[t[1]]), glm::distance(p[t[1]], p[t[2]]),
                  glm::distance(p[t[2]], p[t[0]])});
    if (area2 < 0.025 * longest * longest || longest > 0.6) return false;
    const Vec3d unit = n / area2;
    for (const std::uint32_t v : t) {
      if (glm::dot(unit, skin_.normals[v]) < 0.98) return false;
    }
    return std::abs(glm::dot(unit, removed - p[t[0]])) < kFlat;
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
  }

  BodySkin& skin_;
  std::vector<std::vector<std::uint32_t>> fans_;
  std::vector<bool> dead_;
};

}  // namespace

void simplify_skin(BodySkin& skin) {
  Simplifier simplifier(skin);
  for (int round = 0; round < 5 && simplifier.pass(); ++round) {
  }
  simplifier.finish();
}

}  // namespace oddroad::asset
