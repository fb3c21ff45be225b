#include "sensors/camera/sample_place.h"

#include <cmath>
#include <numbers>

namespace oddroad::camera {

using math::Vec3d;
using math::Vec3f;

std::array<Vec3f, 16> sky_pattern() {
  constexpr int kOrder[16] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
  std::array<Vec3f, 16> out;
  for (int i = 0; i < 16; ++i) {
    const double r = std::sqrt((i + 0.5) / 16);
    const double phi = 2 * std::numbers::pi * 0.618033988749895 * i;
    out[kOrder[i]] = Vec3f(Vec3d(r * std::cos(phi), r * std::sin(phi), std::sqrt(1 - r * r)));
  }
  return out;
}

// Axes beside the normal without a root (Duff et al. 2017).
Vec3f turned(const Vec3f& local, const Vec3f& n) {
  const float sign = std::copysign(1.f, n.z);
  const float a = -1.f / (sign + n.z);
  const float b = n.x * n.y * a;
  const Vec3f across(1 + sign * n.x * n.x * a, sign * b, -sign * n.x);
  const Vec3f along(b, sign + n.y * n.y * a, -n.y);
  return across * local.x + along * local.y + n * local.z;
}

Place PlaceFinder::find(const scene::ViewRay& ray, const scene::ShadeSample& s) {
  if (drawable_ != s.drawable || triangle_ != s.triangle || stamp_ns_ != ray.stamp_ns) {
    drawable_ = s.drawable;
    triangle_ = s.triangle;
    stamp_ns_ = ray.stamp_ns;
    plane_ = scene::TrianglePlane(triangles_->corners(s.drawable - 1, s.triangle, ray.stamp_ns));
    normal_ = plane_.normal() / std::max(glm::length(plane_.normal()), 1e-30);
  }
  const double t = plane_.meet(ray);
  const Vec3d n = glm::dot(normal_, ray.direction) > 0 ? -normal_ : normal_;
  // Off the surface by more than single precision loses at this distance.
  return {Vec3f(ray.origin + ray.direction * t + n * (2e-3 + 1e-5 * t)), Vec3f(n),
          static_cast<float>(t)};
}

Place place_of(const scene::TriangleSource& triangles, const scene::ViewRay& ray,
               const scene::ShadeSample& sample) {
  return PlaceFinder(triangles).find(ray, sample);
}

scene::ViewRay ray_of(const scene::CameraView& view, const scene::ShadeSample& s, bool centre) {
  if (!centre) return view.ray(s.u_px, s.v_px);
  return view.ray_at(static_cast<int>(s.u_px), static_cast<int>(s.v_px));
}

}  // namespace oddroad::camera
