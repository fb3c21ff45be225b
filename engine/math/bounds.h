// Axis-aligned bounds and oriented boxes.
#pragma once

#include <array>
#include <limits>

#include "engine/math/affine.h"

namespace oddroad::math {

struct Aabb {
  Vec3d lower{std::numeric_limits<double>::infinity()};
  Vec3d upper{-std::numeric_limits<double>::infinity()};

  bool operator==(const Aabb&) const = default;
  [[nodiscard]] bool empty() const { return lower.x > upper.x; }
  [[nodiscard]] Vec3d centre() const { return 0.5 * (lower + upper); }
  [[nodiscard]] Vec3d size() const { return upper - lower; }
  void include(const Vec3d& p) {
    lower = glm::min(lower, p);
    upper = glm::max(upper, p);
  }
  void include(const Aabb& b) {
    if (b.empty()) return;
    include(b.lower);
    include(b.upper);
  }
};

// A box in some frame: centre in metres, size = (length along x, width along y, height along z).
struct OrientedBox {
  Pose pose;         // T_frame_box; translation is the geometric centre
  Vec3d size_m{0};   // length, width, height

  bool operator==(const OrientedBox&) const = default;
  // Corner i: bit 0 = +x, bit 1 = +y, bit 2 = +z.
  [[nodiscard]] std::array<Vec3d, 8> corners() const {
    std::array<Vec3d, 8> out;
    for (int i = 0; i < 8; ++i) {
      const Vec3d sign((i & 1) ? 0.5 : -0.5, (i & 2) ? 0.5 : -0.5, (i & 4) ? 0.5 : -0.5);
      out[i] = pose * (sign * size_m);
    }
    return out;
  }
  [[nodiscard]] bool contains(const Vec3d& p, double margin_m = 0) const {
    const Vec3d q = glm::abs(pose.inverse() * p);
    const Vec3d half = 0.5 * size_m + Vec3d(margin_m);
    return q.x <= half.x && q.y <= half.y && q.z <= half.z;
  }
};

}  // namespace oddroad::math
