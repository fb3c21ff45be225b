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

// The hull of a thing that may come loose, tumble and roll: its outline is that of the hull as it
// lies. Dimensions are those of the catalogue (asset/prop_physics.h).
struct LooseHull {
  math::Vec3d centre_m{0};  // model frame
  math::Vec3d half_m{0};    // along the model's axes
  int round_about = -1;     // 0 to 2: a cylinder about that axis; 3: a ball; -1: a box
};

// The rectangle that holds the hull, along the heading of its x axis; where that points up or down
// (within 17 degrees), a quarter turn right of its y axis.
GroundOutline outline_of(const LooseHull& hull, const math::Pose& T_world_model);

// Distance between two seen from above; where they overlap, minus the way along which they would
// come apart soonest.
double separation_m(const GroundOutline& a, const GroundOutline& b);

GroundOutline moved(GroundOutline outline, const math::Vec2d& way_m);

}  // namespace oddroad::verify
