// Rays against boxes and triangles, in double precision.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "engine/math/affine.h"

namespace oddroad::verify {

// In world coordinates, at an instant. Places along it count in lengths of `direction`.
struct Ray {
  math::Vec3d origin{0};
  math::Vec3d direction{0};
  std::int64_t stamp_ns = 0;
};

// A ray in some frame, prepared for many boxes and triangles of it.
struct PreparedRay {
  PreparedRay(const math::Vec3d& from, const math::Vec3d& along);

  math::Vec3d origin;
  math::Vec3d direction;
  math::Vec3d inverse;  // of the direction, never infinite
  int axis[3];          // the direction's largest component comes last
  math::Vec3d shear;    // makes the direction the unit vector of its largest axis
};

// Where the ray enters the box; +infinity where it misses it or enters behind `limit`. Errs on the
// side of a hit.
double enter_box(const PreparedRay& ray, const math::Vec3f& lower, const math::Vec3f& upper,
                 double limit);

struct TriangleHit {
  double t = 0;
  math::Vec3d weights{0};  // of the corners; they add up to 1
};

// Watertight (Woop, Benthin and Wald 2013): two triangles that share an edge leave no gap between
// them, and a ray through an edge hits both. Seen from both sides; only what lies at t > 0.
std::optional<TriangleHit> hit_triangle(const PreparedRay& ray,
                                        const std::array<math::Vec3d, 3>& triangle);

}  // namespace oddroad::verify
