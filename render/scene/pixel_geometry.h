// What each pixel shows, in double precision: the plane of its triangle met by its ray.
#pragma once

#include <array>
#include <optional>

#include "engine/core/parallel.h"
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

// t of a ray that passes inside a triangle, edges included; none otherwise. The same decision as
// intersect_exact, without what only a miss needs.
inline std::optional<double> hit_inside(const math::Vec3d& origin, const math::Vec3d& direction,
                                        const std::array<math::Vec3d, 3>& triangle) {
  const math::Vec3d e1 = triangle[1] - triangle[0];
  const math::Vec3d e2 = triangle[2] - triangle[0];
  const math::Vec3d p = glm::cross(direction, e2);
  const double det = glm::dot(e1, p);
  if (det == 0) return std::nullopt;
  const math::Vec3d s = origin - triangle[0];
  const double u = glm::dot(s, p) / det;
  if (!(u >= 0 && u <= 1)) return std::nullopt;
  const math::Vec3d q = glm::cross(s, e1);
  const double v = glm::dot(direction, q) / det;
  if (!(v >= 0 && u + v <= 1)) return std::nullopt;
  const double t = glm::dot(e2, q) / det;
  if (!(t > 0)) return std::nullopt;
  return t;
}

// t of a ray that a single-precision ray caster says meets the triangle: inside, or beside it by no
// more than such rays are off (see the source). None otherwise.
std::optional<double> hit_as_cast(const math::Vec3d& origin, const math::Vec3d& direction,
                                  const std::array<math::Vec3d, 3>& triangle);

// The triangle that a run of pixels shares, ready for many rays.
class TrianglePlane {
 public:
  TrianglePlane() = default;
  explicit TrianglePlane(const std::array<math::Vec3d, 3>& corners)
      : corners_(corners),
        normal_(glm::cross(corners[1] - corners[0], corners[2] - corners[0])),
        least2_(1e-6 * glm::dot(normal_, normal_)) {}

  // t of the ray in units of its direction. A ray that runs along the plane is held within the
  // corners: the plane says little about where on a sliver it struck.
  [[nodiscard]] double meet(const ViewRay& ray) const {
    const double toward = glm::dot(normal_, ray.direction);
    if (toward * toward < least2_ * glm::dot(ray.direction, ray.direction)) {
      return intersect_exact(ray.origin, ray.direction, corners_).t;
    }
    return glm::dot(normal_, corners_[0] - ray.origin) / toward;
  }
  [[nodiscard]] const std::array<math::Vec3d, 3>& corners() const { return corners_; }
  [[nodiscard]] const math::Vec3d& normal() const { return normal_; }  // not unit, world frame

 private:
  std::array<math::Vec3d, 3> corners_{};
  math::Vec3d normal_{0};
  double least2_ = 0;
};

// The rays of one row's pixels. A pinhole's directions grow evenly along a row: no division and no
// matrix for each pixel.
class RowRays {
 public:
  RowRays(const CameraView& view, int y) : view_(view), y_(y), instant_(view.at_row(y)) {
    if (view.camera.lens != math::Lens::kPinhole) return;
    even_ = true;
    first_camera_ = view.camera.direction(0.5, y + 0.5);
    step_camera_ = 1 / view.camera.fx_px;
    first_ = instant_.T_world_camera.vector(first_camera_);
    step_ = instant_.T_world_camera.linear[0] * step_camera_;
  }
  [[nodiscard]] const ViewInstant& instant() const { return instant_; }
  [[nodiscard]] ViewRay at(int x) const {
    if (!even_) return CameraView::make_ray(instant_, view_.direction_at(x, y_));
    return {instant_.T_world_camera.translation,
            first_ + step_ * static_cast<double>(x),
            {first_camera_.x + step_camera_ * x, first_camera_.y, 1},
            instant_.stamp_ns};
  }

 private:
  const CameraView& view_;
  int y_;
  ViewInstant instant_;
  bool even_ = false;
  math::Vec3d first_{0}, step_{0}, first_camera_{0};
  double step_camera_ = 0;
};

// Calls body(pixel, ray, plane, t) for every pixel that shows something; rows run in parallel.
// A template: one call per pixel is too much for std::function.
template <typename Body>
void for_each_surface(const world::SceneWindow& window, const CameraView& view,
                      const VisibilityRecord& record, const Body& body) {
  const TriangleSource triangles(window);
  core::parallel_for(record.height_px, [&](int y) {
    const RowRays rays(view, y);
    std::uint32_t last_drawable = 0;
    std::uint32_t last_triangle = 0;
    TrianglePlane plane;
    for (int x = 0; x < record.width_px; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * record.width_px + x;
      const std::uint32_t d = record.drawable[at];
      if (d == 0) continue;
      if (d != last_drawable || record.triangle[at] != last_triangle) {
        plane =
            TrianglePlane(triangles.corners(d - 1, record.triangle[at], rays.instant().stamp_ns));
        last_drawable = d;
        last_triangle = record.triangle[at];
      }
      const ViewRay ray = rays.at(x);
      body(at, ray, plane, plane.meet(ray));
    }
  });
}

}  // namespace oddroad::scene
