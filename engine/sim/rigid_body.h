// Loose things: rigid bodies that fall, bounce, slide, roll and come to rest on one plane (the road
// below, or the deck they lie on). Impulses with Coulomb friction and restitution at the hull's
// contact points, air drag 1/2 rho C_d A v^2, sub-steps of 1 ms, contacts always in the same order.
// After Mirtich and Canny, "Impulse-based simulation of rigid bodies", 1995, and Catto, "Iterative
// dynamics with temporal coherence", 2005. Energy never grows but by wind: what the discrete steps
// would add is taken off the velocities.
#pragma once

#include "engine/asset/prop_physics.h"
#include "engine/math/affine.h"

namespace oddroad::sim {

// Solid of even density.
struct RigidShape {
  asset::PropPhysics physics;   // mass, hull, half extents, friction, restitution, drag
  math::Vec3d inertia_kgm2{0};  // about the hull's centre, along its axes
};
RigidShape make_shape(const asset::PropPhysics& physics);
// For things that no table knows: a box of 120 kg/m3, friction 0.5, restitution 0.2.
asset::PropPhysics physics_of_box(const math::Aabb& box);

struct RigidState {
  math::Vec3d centre{0};
  glm::dquat rotation{1, 0, 0, 0};
  math::Vec3d velocity_mps{0};  // of the centre
  math::Vec3d spin_rps{0};      // about world axes
  double still_s = 0;           // how long it has hardly moved
  bool asleep = false;
};

struct Support {
  math::Vec3d point{0};
  math::Vec3d normal{0, 0, 1};  // unit
  math::Vec3d velocity_mps{0};  // of the surface
  math::Vec3d wind_mps{0};      // of the air around it
};

void step(const RigidShape& shape, const Support& support, double dt_s, RigidState& state);

// Kinetic and potential, relative to z = 0.
double energy_j(const RigidShape& shape, const RigidState& state);
// Depth of the lowest contact point below the plane, negative above it.
double depth_m(const RigidShape& shape, const Support& support, const RigidState& state);
// Changes velocity and spin by an impulse at a point; wakes it.
void push(const RigidShape& shape, const math::Vec3d& impulse_ns, const math::Vec3d& at,
          RigidState& state);
// 1 / effective mass of a point in a direction: what a unit impulse changes of its velocity there.
double mobility(const RigidShape& shape, const RigidState& state, const math::Vec3d& at,
                const math::Vec3d& direction);
math::Vec3d velocity_at(const RigidState& state, const math::Vec3d& point);

}  // namespace oddroad::sim
