#include "sensors/lidar/surface_hit.h"

#include <algorithm>
#include <cmath>

namespace oddroad::lidar {

using math::Vec3d;

void meet(const Facet& facet, const Vec3d& origin, const Vec3d& direction, std::uint32_t drawable,
          std::uint32_t triangle, float t_single, SurfaceHit& out) {
  constexpr double kEdgeOn = 1e-3;
  const double toward = glm::dot(facet.normal, direction);
  const double length = glm::length(direction);
  out.drawable = drawable;
  out.triangle = triangle;
  const double cosine = std::abs(toward) / (facet.size * length);
  out.cos_incidence = static_cast<float>(cosine);
  const double t = cosine > kEdgeOn ? glm::dot(facet.normal, facet.corner - origin) / toward
                                    : static_cast<double>(t_single);
  out.range_m = t * length;
  out.point = math::Vec3f(origin + direction * t);
  out.normal = math::Vec3f(facet.normal * ((toward > 0 ? -1 : 1) / facet.size));
}

}  // namespace oddroad::lidar
