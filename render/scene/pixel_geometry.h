// What each pixel shows, in double precision: the plane of its triangle met by its ray.
#pragma once

#include <array>

#include <tbb/parallel_for.h>

#include "render/scene/camera_view.h"
#include "render/scene/triangle_source.h"
#include "render/scene/visibility.h"

namespace oddroad::scene {

// A triangle met by a ray in double precision.
struct ExactHit {
  double t = 0;         // in units of the direction's length
  bool inside = false;  // the ray passes inside the triangle, edges included
};

// Ray against the plane of a triangle (Moeller and Trumbore 1997, in double). Degenerate and
// edge-on triangles report inside = false and the t of the nearest corner along the ray.
ExactHit intersect_exact(const math::Vec3d& origin, const math::Vec3d& direction,
                         const std::array<math::Vec3d, 3>& triangle);

// The triangle that a run of pixels shares, ready for many rays.
class TrianglePlane {
 public:
  TrianglePlane() = default;
  explicit TrianglePlane(const std::array<math::Vec3d, 3>& corners)
      : corners_(corners),
        normal_(glm::cross(corners[1] - corners[0], corners[2] - corners[0])),
        least_(1e-3 * glm::length(normal_)) {}

  // t of the ray in units of its direction. A ray that runs along the plane is held within the
  // corners: the plane says little about where on a sliver it struck.
  [[nodiscard]] double meet(const ViewRay& ray) const {
    const double toward = glm::dot(normal_, ray.direction);
    if (std::abs(toward) < least_ * glm::length(ray.direction)) {
      return intersect_exact(ray.origin, ray.direction, corners_).t;
    }
    return glm::dot(normal_, corners_[0] - ray.origin) / toward;
  }
  [[nodiscard]] const std::array<math::Vec3d, 3>& corners() const { return corners_; }
  [[nodiscard]] const math::Vec3d& normal() const { return normal_; }  // not unit, world frame

 private:
  std::array<math::Vec3d, 3> corners_{};
  math::Vec3d normal_{0};
  double least_ = 0;
};

// Calls body(pixel, ray, plane, t) for every pixel that shows something; rows run in parallel.
// A template: one call per pixel is too much for std::function.
template <typename Body>
void for_each_surface(const world::SceneWindow& window, const CameraView& view,
                      const VisibilityRecord& record, const Body& body) {
  const TriangleSource triangles(window);
  tbb::parallel_for(0, record.height_px, [&](int y) {
    const ViewInstant instant = view.at_row(y);
    std::uint32_t last_drawable = 0;
    std::uint32_t last_triangle = 0;
    TrianglePlane plane;
    for (int x = 0; x < record.width_px; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * record.width_px + x;
      const std::uint32_t d = record.drawable[at];
      if (d == 0) continue;
      if (d != last_drawable || record.triangle[at] != last_triangle) {
        plane = TrianglePlane(triangles.corners(d - 1, record.triangle[at], instant.stamp_ns));
        last_drawable = d;
        last_triangle = record.triangle[at];
      }
      const ViewRay ray = CameraView::make_ray(instant, view.direction_at(x, y));
      body(at, ray, plane, plane.meet(ray));
    }
  });
}

}  // namespace oddroad::scene
