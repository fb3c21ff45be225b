// The place where light meets a triangle, in double precision.
#pragma once

#include <algorithm>
#include <cmath>

#include "sensors/lidar/facets.h"

namespace oddroad::lidar {

struct SurfaceHit {
  double range_m = 0;          // from the ray's origin
  math::Vec3f point{0};        // world
  math::Vec3f normal{0};       // world, unit, against the ray
  std::uint32_t drawable = 0;  // index + 1; 0: nothing was met
  std::uint32_t triangle = 0;
  float cos_incidence = 0;

  [[nodiscard]] bool hit() const { return drawable != 0; }
};

// Whether two places lie on surfaces with a step between them: neither on the plane of the other,
// by more than 0.1 m and a thousandth of the range.
inline bool apart(const SurfaceHit& a, const SurfaceHit& b) {
  const math::Vec3f way = b.point - a.point;
  const float tolerance = 0.1f + 1e-3f * static_cast<float>(std::min(a.range_m, b.range_m));
  return std::abs(glm::dot(a.normal, way)) > tolerance &&
         std::abs(glm::dot(b.normal, way)) > tolerance;
}

// `drawable`: index + 1 and the triangle that the ray (world; direction of about unit length) was
// found to meet at t_single, and its facet at that instant. Edge-on the plane says nothing about
// where on the sliver that was, and single precision stays.
void meet(const Facet& facet, const math::Vec3d& origin, const math::Vec3d& direction,
          std::uint32_t drawable, std::uint32_t triangle, float t_single, SurfaceHit& out);

}  // namespace oddroad::lidar
