// The points of a hull that can touch a plane. Internal to engine/sim/rigid_body.h.
#pragma once

#include <array>

#include "engine/sim/rigid_body.h"

namespace oddroad::sim {

struct HullPoints {
  std::array<math::Vec3d, 12> at;  // world, relative to the centre
  std::size_t count = 0;

  void add(const math::Vec3d& p) { at[count++] = p; }
};

// Boxes: the corners. Cylinders: of each rim the lowest point, and when standing on an end eight
// points of its rim. Spheres: the lowest point.
HullPoints hull_points(const RigidShape& shape, const glm::dquat& rotation,
                       const math::Vec3d& plane_normal);
// Of the hull in a direction from its centre.
double hull_reach_m(const RigidShape& shape, const glm::dquat& rotation,
                    const math::Vec3d& direction);
// Its foremost point in a direction (unit), relative to the centre. Of an edge or a face that is
// square to the direction within a few degrees: a point in it, its middle where it is square.
math::Vec3d hull_foremost(const RigidShape& shape, const glm::dquat& rotation,
                          const math::Vec3d& direction);
// Round hulls roll.
bool rolls(const RigidShape& shape);

}  // namespace oddroad::sim
