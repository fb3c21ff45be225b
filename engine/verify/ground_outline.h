// Rectangles on the ground, as facts of a clip are about them. The proof's own geometry.
#pragma once

#include <array>

#include "engine/math/affine.h"
#include "engine/math/bounds.h"

namespace oddroad::verify {

struct GroundOutline {
  std::array<math::Vec2d, 4> corners{};  // counter-clockwise, world
  double low_m = 0, high_m = 0;
};

// Of a box in the frame of a pose: its rectangle turned by the pose's heading alone, as wide and as
// high as at rest.
GroundOutline outline_of(const math::Aabb& box, const math::Pose& T_world_model);

// Distance between two seen from above; where they overlap, minus the way along which they would
// come apart soonest.
double separation_m(const GroundOutline& a, const GroundOutline& b);

GroundOutline moved(GroundOutline outline, const math::Vec2d& way_m);

}  // namespace oddroad::verify
