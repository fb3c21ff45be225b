// The outline of a thing on the ground: a rectangle, seen from above. All free gaps of the scenario
// language are distances between outlines.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/affine.h"
#include "engine/math/bounds.h"

namespace oddroad::sim {

// How far a thing reaches from its model origin, metres, all >= 0 for an origin inside.
struct Footprint {
  double front_m = 0;
  double rear_m = 0;
  double left_m = 0;
  double right_m = 0;

  [[nodiscard]] double length_m() const { return front_m + rear_m; }
  [[nodiscard]] double width_m() const { return left_m + right_m; }
  // Of a circle about the origin that holds it.
  [[nodiscard]] double radius_m() const {
    return std::hypot(std::max(front_m, rear_m), std::max(left_m, right_m));
  }
};

// From the rest-pose box without mirrors.
Footprint footprint_of(const math::Aabb& model_box);

struct Outline {
  math::Vec2d centre{0};
  math::Vec2d forward{1, 0};  // unit
  double half_length_m = 0;
  double half_width_m = 0;

  [[nodiscard]] math::Vec2d left() const { return {-forward.y, forward.x}; }
  [[nodiscard]] std::array<math::Vec2d, 4> corners() const;
  // Half of its extent along a unit direction.
  [[nodiscard]] double reach(const math::Vec2d& direction) const;
};

Outline outline_at(const Footprint& footprint, const math::Vec2d& origin, double yaw_rad);

// The shortest way between two outlines. distance 0 = they touch or overlap.
struct FreeGap {
  double distance_m = 0;
  math::Vec2d direction{0};  // unit, from a to b; zero if they touch
};
FreeGap free_gap(const Outline& a, const Outline& b);

}  // namespace oddroad::sim
