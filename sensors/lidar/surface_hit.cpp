#include "sensors/lidar/surface_hit.h"

#include <algorithm>
#include <cmath>

namespace oddroad::lidar {

using math::Vec3d;

bool apart(const SurfaceHit& a, const SurfaceHit& b) {
  const math::Vec3f way = b.point - a.point;
  const float tolerance = 0.1f + 1e-3f * static_cast<float>(std::min(a.range_m, b.range_m));
  return std::abs(glm::dot(a.normal, way)) > tolerance &&
         std::abs(glm::dot(b.normal, way)) > tolerance;
}

SurfaceHit meet(const world::SceneWindow& window, const scene::TriangleSource& triangles,
                const Vec3d& origin, const Vec3d& direction, std::uint32_t drawable,
                std::uint32_t triangle, float t_single, std::int64_t stamp_ns) {
  constexpr double kEdgeOn = 1e-3;
  const world::Drawable& thing = window.drawables[drawable - 1];
  const auto corner = triangles.corners(drawable - 1, triangle, stamp_ns);
  const Vec3d n = glm::cross(corner[1] - corner[0], corner[2] - corner[0]);
  const double toward = glm::dot(n, direction);
  const double length = glm::length(direction);
  const double size = std::max(glm::length(n), 1e-300);
  SurfaceHit out;
  out.drawable = drawable;
  out.triangle = triangle;
  const double cosine = std::abs(toward) / (size * length);
  out.cos_incidence = static_cast<float>(cosine);
  const double t =
      cosine > kEdgeOn ? glm::dot(n, corner[0] - origin) / toward : static_cast<double>(t_single);
  out.range_m = t * length;
  out.point = math::Vec3f(origin + direction * t);
  out.normal = math::Vec3f(n * ((toward > 0 ? -1 : 1) / size));
  out.material = &thing.model->materials[thing.mesh->material[triangle]];
  return out;
}

}  // namespace oddroad::lidar
