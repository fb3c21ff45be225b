#include "tests/unit/asset/level_measures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/random.h"

namespace oddroad::asset::testing {

using math::Vec2d;
using math::Vec3d;

namespace {

double area_m2(const Facet& f) {
  const auto& [a, b, c] = f.corners;
  return 0.5 * glm::length(glm::cross(b - a, c - a));
}

double to_segment_m(const Vec3d& p, const Vec3d& a, const Vec3d& b) {
  const Vec3d ab = b - a;
  const double length2 = glm::dot(ab, ab);
  const double u = length2 > 0 ? std::clamp(glm::dot(p - a, ab) / length2, 0.0, 1.0) : 0;
  return glm::distance(p, a + u * ab);
}

double to_facet_m(const Vec3d& p, const Facet& f) {
  const auto& [a, b, c] = f.corners;
  const Vec3d n = glm::cross(b - a, c - a);
  const bool inside = glm::dot(glm::cross(b - a, p - a), n) >= 0 &&
                      glm::dot(glm::cross(c - b, p - b), n) >= 0 &&
                      glm::dot(glm::cross(a - c, p - c), n) >= 0;
  if (inside && glm::length(n) > 0) return std::abs(glm::dot(p - a, n)) / glm::length(n);
  return std::min({to_segment_m(p, a, b), to_segment_m(p, b, c), to_segment_m(p, c, a)});
}

double nearest_m(const Vec3d& p, const std::vector<Facet>& to) {
  double best = std::numeric_limits<double>::infinity();
  for (const Facet& f : to) {
    const auto& [a, b, c] = f.corners;
    const Vec3d lower = glm::min(a, glm::min(b, c)), upper = glm::max(a, glm::max(b, c));
    const Vec3d off = glm::max(glm::max(lower - p, p - upper), Vec3d(0));
    if (glm::length(off) < best) best = std::min(best, to_facet_m(p, f));
  }
  return best;
}

}  // namespace

std::vector<Facet> facets(const Model& model, bool leaves) {
  std::vector<Facet> out;
  for (const Part& part : model.parts) {
    const math::TriangleMesh& mesh = *part.mesh;
    for (std::size_t t = 0; t < mesh.triangle_count(); ++t) {
      if ((model.materials[mesh.material[t]].pattern == Pattern::kLeaf) != leaves) continue;
      Facet f;
      for (std::size_t k = 0; k < 3; ++k) {
        f.corners[k] = part.T_model_part.point(Vec3d(mesh.positions[mesh.triangles[t][k]]));
      }
      f.material = mesh.material[t];
      out.push_back(f);
    }
  }
  return out;
}

double farthest_m(const std::vector<Facet>& from, const std::vector<Facet>& to, int samples) {
  core::RandomStream random(1, "samples");
  std::vector<double> sums;
  for (const Facet& f : from) sums.push_back((sums.empty() ? 0 : sums.back()) + area_m2(f));
  double worst = 0;
  for (int k = 0; k < samples; ++k) {
    std::size_t i = random.below(static_cast<std::uint32_t>(from.size()));
    if (k % 2 == 0) {
      const double at = random.uniform(0, sums.back());
      i = static_cast<std::size_t>(std::lower_bound(sums.begin(), sums.end(), at) - sums.begin());
    }
    const auto& [a, b, c] = from[std::min(i, from.size() - 1)].corners;
    double u = random.uniform(), v = random.uniform();
    if (u + v > 1) {
      u = 1 - u;
      v = 1 - v;
    }
    worst = std::max(worst, nearest_m(k % 4 == 1 ? a : a + u * (b - a) + v * (c - a), to));
  }
  return worst;
}

std::map<std::uint16_t, double> areas_m2(const std::vector<Facet>& facets) {
  std::map<std::uint16_t, double> out;
  for (const Facet& f : facets) out[f.material] += area_m2(f);
  return out;
}

double outline_m2(const Model& model, int axis, double cell_m) {
  std::vector<Facet> all = facets(model, false);
  const std::vector<Facet> leaves = facets(model, true);
  all.insert(all.end(), leaves.begin(), leaves.end());
  const auto flat = [&](const Vec3d& p) {
    return Vec2d(p[(axis + 1) % 3], p[(axis + 2) % 3]) / cell_m;
  };
  // Cell (0, 0) lies where the largest model's corner would.
  constexpr int kSide = 4096;
  std::vector<bool> covered(static_cast<std::size_t>(kSide) * kSide);
  for (const Facet& f : all) {
    const Vec2d a = flat(f.corners[0]) + 0.5 * kSide, b = flat(f.corners[1]) + 0.5 * kSide,
                c = flat(f.corners[2]) + 0.5 * kSide;
    const double twice = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if (twice == 0) continue;
    const auto side = [&](const Vec2d& p, const Vec2d& q, const Vec2d& r) {
      return ((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)) / twice;
    };
    const Vec2d lower = glm::min(a, glm::min(b, c)), upper = glm::max(a, glm::max(b, c));
    for (int y = static_cast<int>(lower.y); y <= static_cast<int>(upper.y); ++y) {
      for (int x = static_cast<int>(lower.x); x <= static_cast<int>(upper.x); ++x) {
        const Vec2d p(x + .5, y + .5);
        if (side(a, b, p) < 0 || side(b, c, p) < 0 || side(c, a, p) < 0) continue;
        covered[static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)] = true;
      }
    }
  }
  const auto cells = std::count(covered.begin(), covered.end(), true);
  return static_cast<double>(cells) * cell_m * cell_m;
}

}  // namespace oddroad::asset::testing
