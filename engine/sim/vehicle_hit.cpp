// A vehicle runs into a loose thing.
#include <algorithm>
#include <limits>

#include "engine/sim/loose_mover.h"
#include "engine/sim/rigid_contacts.h"

namespace oddroad::sim {

using math::Vec2d;
using math::Vec3d;

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
  // At the height of the thing's middle, but no higher than the vehicle's own front reaches.
  const double lowest = vehicle.position.z + 0.3;
  const double highest = vehicle.position.z + 0.8 * vehicle.height_m;
  const double z = std::clamp(state.centre.z, std::min(lowest, top), std::max(highest, lowest));
  const Vec3d at(state.centre.x - normal.x * hull_reach_m(shape, state.rotation, n),
                 state.centre.y - normal.y * hull_reach_m(shape, state.rotation, n), z);
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
