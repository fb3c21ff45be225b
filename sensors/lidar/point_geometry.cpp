#include "sensors/lidar/point_geometry.h"

#include <algorithm>
#include <cmath>

namespace oddroad::lidar {

using math::Vec3d;

namespace {

// Motion is linear between whole milliseconds, so the velocity is that of the millisecond.
Vec3d surface_velocity(const world::SceneWindow& window, const scene::TriangleSource& triangles,
                       const Struck& at) {
  if (triangles.still(at.drawable)) return Vec3d(0);
  const Vec3d e1 = at.corners[1] - at.corners[0];
  const Vec3d e2 = at.corners[2] - at.corners[0];
  const Vec3d n = glm::cross(e1, e2);
  const double n2 = glm::dot(n, n);
  if (n2 == 0) return Vec3d(0);
  const Vec3d q = at.point - at.corners[0];
  const double b1 = glm::dot(glm::cross(q, e2), n) / n2;
  const double b2 = glm::dot(glm::cross(e1, q), n) / n2;
  const std::int64_t begin = std::min(at.stamp_ns / world::kMillisecondNs * world::kMillisecondNs,
                                      window.end_ns - world::kMillisecondNs);
  const auto place = [&](std::int64_t t) {
    const auto c = triangles.corners(at.drawable, at.triangle, t);
    return c[0] * (1 - b1 - b2) + c[1] * b1 + c[2] * b2;
  };
  return (place(begin + world::kMillisecondNs) - place(begin)) /
         (1e-9 * static_cast<double>(world::kMillisecondNs));
}

}  // namespace

void append_geometry(const world::SceneWindow& window, const scene::TriangleSource& triangles,
                     const world::MaterialTable& materials, const Struck& at,
                     capture::PointCloud& cloud) {
  Vec3d n = glm::cross(at.corners[1] - at.corners[0], at.corners[2] - at.corners[0]);
  if (glm::dot(n, at.direction) > 0) n = -n;
  n /= std::max(glm::length(n), 1e-300);
  const double cosine = -glm::dot(n, at.direction) / glm::length(at.direction);
  // The transpose turns world into LiDAR; scale goes with the normalisation.
  const Vec3d n_lidar = glm::transpose(at.T_world_lidar.linear) * n;
  cloud.normal.push_back(math::Vec3f(n_lidar / std::max(glm::length(n_lidar), 1e-300)));
  cloud.incidence_rad.push_back(static_cast<float>(std::acos(std::clamp(cosine, 0.0, 1.0))));
  cloud.velocity_mps.push_back(math::Vec3f(surface_velocity(window, triangles, at)));
  const world::Drawable& drawable = window.drawables[at.drawable];
  cloud.material.push_back(materials.number(*drawable.model, drawable.mesh->material[at.triangle]));
}

}  // namespace oddroad::lidar
