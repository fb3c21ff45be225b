// Rays against triangles in double precision.
#pragma once

#include <array>
#include <optional>

#include "render/scene/camera_view.h"

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

// A triangle ready for many rays of one origin, which it decides as intersect_exact does.
class AimedTriangle {
 public:
  AimedTriangle() = default;
  AimedTriangle(const math::Vec3d& origin, const std::array<math::Vec3d, 3>& corners) {
    const math::Vec3d e1 = corners[1] - corners[0];
    const math::Vec3d e2 = corners[2] - corners[0];
    const math::Vec3d s = origin - corners[0];
    det_ = glm::cross(e2, e1);
    u_ = glm::cross(e2, s);
    v_ = glm::cross(s, e1);
    t_ = glm::dot(e2, v_);
  }
  // t of a ray that passes inside, edges included; none otherwise.
  [[nodiscard]] std::optional<double> hit(const math::Vec3d& direction) const {
    const double det = glm::dot(det_, direction);
    if (det == 0) return std::nullopt;
    const double side = det > 0 ? 1 : -1;
    const double u = side * glm::dot(u_, direction);
    const double v = side * glm::dot(v_, direction);
    if (!(u >= 0 && v >= 0 && u + v <= side * det && side * t_ > 0)) return std::nullopt;
    return t_ / det;
  }
  // True for a direction at a small angle to the plane; sine2 = the square of that angle's sine.
  [[nodiscard]] bool grazed_by(const math::Vec3d& direction, double sine2) const {
    const double toward = glm::dot(det_, direction);  // det_ is a normal
    return toward * toward < sine2 * glm::dot(det_, det_) * glm::dot(direction, direction);
  }

 private:
  // Moeller and Trumbore's products, regrouped so that the direction comes last.
  // Not initialised: caches make thousands of them.
  math::Vec3d det_, u_, v_;
  double t_;
};

// How far a single-precision ray, or what it meets, may lie beside its place at t: a float32 is off
// by 6e-8 of itself, a ray on its way into an instance is rounded some ten times.
inline double single_precision_m(const math::Vec3d& origin, const math::Vec3d& direction,
                                 double t) {
  return 6e-7 * (glm::length(origin) + t * glm::length(direction));
}

// t of a ray that a single-precision ray caster says meets the triangle though it passes beside it:
// by no more than single_precision_m. None otherwise.
std::optional<double> hit_beside(const math::Vec3d& origin, const math::Vec3d& direction,
                                 const std::array<math::Vec3d, 3>& triangle);

// A triangle ready for many rays.
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
    return meet(ray, glm::dot(normal_, corners_[0] - ray.origin));
  }
  // The same; `height` = normal . (corner 0 - origin), where many rays share an origin.
  [[nodiscard]] double meet(const ViewRay& ray, double height) const {
    const double toward = glm::dot(normal_, ray.direction);
    if (along(toward, glm::dot(ray.direction, ray.direction))) {
      return intersect_exact(ray.origin, ray.direction, corners_).t;
    }
    return height / toward;
  }
  // True for a direction that runs along the plane: toward = normal . direction, length2 =
  // direction . direction.
  [[nodiscard]] bool along(double toward, double length2) const {
    return toward * toward < least2_ * length2;
  }
  [[nodiscard]] const std::array<math::Vec3d, 3>& corners() const { return corners_; }
  [[nodiscard]] const math::Vec3d& normal() const { return normal_; }  // not unit, world frame

 private:
  // Not initialised: caches make thousands of them.
  std::array<math::Vec3d, 3> corners_;
  math::Vec3d normal_;
  double least2_;
};

}  // namespace oddroad::scene
