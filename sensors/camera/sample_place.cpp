#include "sensors/camera/sample_place.h"

#include <cmath>
#include <numbers>

#include "render/scene/pixel_geometry.h"

namespace oddroad::camera {

using math::Vec3d;

std::array<Vec3d, 16> sky_pattern() {
  constexpr int kOrder[16] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
  std::array<Vec3d, 16> out;
  for (int i = 0; i < 16; ++i) {
    const double r = std::sqrt((i + 0.5) / 16);
    const double phi = 2 * std::numbers::pi * 0.618033988749895 * i;
    out[kOrder[i]] = {r * std::cos(phi), r * std::sin(phi), std::sqrt(1 - r * r)};
  }
  return out;
}

Vec3d turned(const Vec3d& local, const Vec3d& normal) {
  const Vec3d helper = std::abs(normal.z) < 0.9 ? Vec3d(0, 0, 1) : Vec3d(1, 0, 0);
  const Vec3d tangent = glm::normalize(glm::cross(helper, normal));
  return tangent * local.x + glm::cross(normal, tangent) * local.y + normal * local.z;
}

Place place_of(const scene::TriangleSource& triangles, const scene::ViewRay& ray,
               const scene::ShadeSample& s) {
  const scene::TrianglePlane plane(triangles.corners(s.drawable - 1, s.triangle, ray.stamp_ns));
  const double t = plane.meet(ray);
  Vec3d n = plane.normal() / std::max(glm::length(plane.normal()), 1e-30);
  if (glm::dot(n, ray.direction) > 0) n = -n;
  // Off the surface by more than single precision loses at this distance.
  return {ray.origin + ray.direction * t + n * (2e-3 + 1e-5 * t), n, static_cast<float>(t)};
}

scene::ViewRay ray_of(const scene::CameraView& view, const scene::ShadeSample& s, bool centre) {
  if (!centre) return view.ray(s.u_px, s.v_px);
  return view.ray_at(static_cast<int>(s.u_px), static_cast<int>(s.v_px));
}

}  // namespace oddroad::camera
