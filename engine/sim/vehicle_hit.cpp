// A vehicle runs into a loose thing.
#include <algorithm>
#include <limits>

#include "engine/sim/loose_mover.h"
#include "engine/sim/rigid_contacts.h"

namespace oddroad::sim {

using math::Vec2d;
using math::Vec3d;

namespace {

// Where the thing came furthest through the face with that normal: within the face, at the height
// of the thing's middle (a push above or below it spins what it should throw), but no higher than
// the vehicle's own front reaches.
Vec3d contact(const Body& vehicle, const Outline& box, const Vec3d& n, const RigidShape& shape,
              const RigidState& state) {
  Vec3d at = state.centre + hull_foremost(shape, state.rotation, -n);
  const Vec2d along(-n.y, n.x);
  const double off = glm::dot(Vec2d(at) - box.centre, along);
  const double inside = std::clamp(off, -box.reach(along), box.reach(along));
  at += Vec3d((inside - off) * along, 0);
  at.z = std::min(state.centre.z, vehicle.position.z + 0.8 * vehicle.height_m);
  return at;
}

}  // namespace

bool hit_by(const Body& vehicle, const Body& thing, const RigidShape& shape, RigidState& state) {
  constexpr double kClearance_m = 0.12;
  const double top = thing.position.z + thing.height_m;
  if (top < vehicle.position.z + kClearance_m) return false;
  const Outline box = vehicle.outline();
  const Vec2d relative = Vec2d(state.velocity_mps - vehicle.velocity_mps);
  // The face that it came through: the one it needs the least time to leave by the way it came.
  double soonest = std::numeric_limits<double>::infinity();
  double deep = 0;
  Vec2d normal(0);
  for (const Vec2d& n : {box.forward, -box.forward, box.left(), -box.left()}) {
    const double inside = box.reach(n) + hull_reach_m(shape, state.rotation, Vec3d(n, 0)) -
                          glm::dot(Vec2d(state.centre) - box.centre, n);
    if (inside <= 0) return false;
    const double time = inside / std::max(-glm::dot(relative, n), 0.05);
    if (time >= soonest) continue;
    soonest = time;
    deep = inside;
    normal = n;
  }
  const Vec3d n(normal, 0);
  const Vec3d at = contact(vehicle, box, n, shape, state);
  const double closing = glm::dot(velocity_at(state, at) - vehicle.velocity_mps, n);
  if (closing < 0) {
    const double impulse =
        -(1 + shape.physics.restitution) * closing / mobility(shape, state, at, n);
    push(shape, impulse * n, at, state);
  }
  state.centre += deep * n;
  return true;
}

}  // namespace oddroad::sim
