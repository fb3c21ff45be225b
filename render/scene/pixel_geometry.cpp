#include "render/scene/pixel_geometry.h"

#include <algorithm>
#include <limits>

namespace oddroad::scene {

using math::Vec3d;

ExactHit intersect_exact(const Vec3d& origin, const Vec3d& direction,
                         const std::array<Vec3d, 3>& triangle) {
  const Vec3d e1 = triangle[1] - triangle[0];
  const Vec3d e2 = triangle[2] - triangle[0];
  const Vec3d p = glm::cross(direction, e2);
  const double det = glm::dot(e1, p);
  const Vec3d s = origin - triangle[0];
  const Vec3d q = glm::cross(s, e1);
  const double length2 = glm::dot(direction, direction);
  double t_min = std::numeric_limits<double>::infinity();
  double t_max = -t_min;
  for (const Vec3d& corner : triangle) {
    const double t = glm::dot(corner - origin, direction) / length2;
    t_min = std::min(t_min, t);
    t_max = std::max(t_max, t);
  }
  if (det == 0) return {t_min, false};
  const double u = glm::dot(s, p) / det;
  const double v = glm::dot(direction, q) / det;
  const double t = glm::dot(e2, q) / det;
  const bool inside = u >= 0 && v >= 0 && u + v <= 1 && t > 0;
  // Outside the triangle its plane may be anywhere: stay within the span of the corners.
  return {std::clamp(t, t_min, t_max), inside};
}

std::optional<double> hit_beside(const Vec3d& origin, const Vec3d& direction,
                                 const std::array<Vec3d, 3>& triangle) {
  const Vec3d n = glm::cross(triangle[1] - triangle[0], triangle[2] - triangle[0]);
  const double toward = glm::dot(n, direction);
  if (toward == 0) return std::nullopt;
  const double t = glm::dot(n, triangle[0] - origin) / toward;
  if (!(t > 0)) return std::nullopt;
  const double slack = single_precision_m(origin, direction, t);
  for (int k = 0; k < 3; ++k) {
    // Across the ray: how far the edge's line passes from it, on the outer side.
    const Vec3d edge = triangle[(k + 1) % 3] - triangle[k];
    const Vec3d across = glm::cross(edge, direction);
    const double size = glm::length(across);
    if (size == 0) continue;
    const double side = glm::dot(triangle[(k + 2) % 3] - triangle[k], across) > 0 ? 1 : -1;
    if (side * glm::dot(origin - triangle[k], across) < -slack * size) return std::nullopt;
  }
  return t;
}

}  // namespace oddroad::scene
