// A vehicle runs into a loose thing.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/sim/loose_mover.h"
#include "engine/sim/rigid_contacts.h"

namespace oddroad::sim {

using math::Vec2d;
using math::Vec3d;

namespace {

constexpr double kClearance_m = 0.12;
constexpr double kAside_mps = 2;  // what scrapes along, or sticks in, moves out at least so fast

double reach_of(const RigidShape& shape, const RigidState& state, const Vec2d& direction) {
  return hull_reach_m(shape, state.rotation, Vec3d(direction, 0));
}

// A side of the vehicle's outline, and how far the thing came through it.
struct Face {
  Vec2d normal{0};
  double deep_m = 0;
};

// The face that it came through: the one it needs the least time to leave by the way it came.
std::optional<Face> entered_face(const Outline& box, const Vec2d& relative_mps,
                                 const RigidShape& shape, const RigidState& state) {
  double soonest = std::numeric_limits<double>::infinity();
  Face face;
  for (const Vec2d& n : {box.forward, -box.forward, box.left(), -box.left()}) {
    const double inside =
        box.reach(n) + reach_of(shape, state, n) - glm::dot(Vec2d(state.centre) - box.centre, n);
    if (inside <= 0) return std::nullopt;
    const double time = inside / std::max(-glm::dot(relative_mps, n), 0.05);
    if (time >= soonest) continue;
    soonest = time;
    face = {n, inside};
  }
  return face;
}

// What of it can have come through a face since it was looked at last: more says that it lies under
// the vehicle.
double most_entered_m(const Body& vehicle, const Outline& box, const RigidShape& shape,
                      const RigidState& state, double dt_s) {
  constexpr double kSlop_m = 0.15;
  const double turns =
      std::abs(vehicle.yaw_rate_rps) * std::hypot(box.half_length_m, box.half_width_m) +
      glm::length(state.spin_rps) * glm::length(shape.physics.half_extent_m);
  return dt_s * (glm::length(state.velocity_mps - vehicle.velocity_mps) + turns) + kSlop_m;
}

struct Touch {
  Vec3d at{0};
  Vec3d normal{0};    // from the vehicle to the thing
  double deep_m = 0;  // how far it came in; not positive: they do not touch
};

// Where the thing came furthest through a face: within the face, at the height of the thing's
// middle (a push above or below it spins what it should throw), but no higher than the vehicle's
// own front reaches.
Vec3d contact(const Body& vehicle, const Outline& box, const Vec2d& n, const RigidShape& shape,
              const RigidState& state) {
  Vec3d at = state.centre + hull_foremost(shape, state.rotation, -Vec3d(n, 0));
  const Vec2d along(-n.y, n.x);
  const double off = glm::dot(Vec2d(at) - box.centre, along);
  const double inside = std::clamp(off, -box.reach(along), box.reach(along));
  at += Vec3d((inside - off) * along, 0);
  at.z = std::min(state.centre.z, vehicle.position.z + 0.8 * vehicle.height_m);
  return at;
}

// A face pushes what it meets with its middle. What sticks out beyond its edge meets the corner,
// which pushes it out of the way; what has got past the corner scrapes along the side.
Touch touch_of(const Body& vehicle, const Outline& box, const Face& face, const RigidShape& shape,
               const RigidState& state) {
  const Vec2d& n = face.normal;
  const Vec2d along(-n.y, n.x);
  const double off = glm::dot(Vec2d(state.centre) - box.centre, along);
  Vec3d at = contact(vehicle, box, n, shape, state);
  if (std::abs(off) <= box.reach(along)) return {at, Vec3d(n, 0), face.deep_m};
  const Vec2d side = off < 0 ? -along : along;
  const Vec2d corner = box.centre + box.reach(n) * n + box.reach(side) * side;
  const Vec2d d = Vec2d(state.centre) - corner;
  if (glm::dot(d, n) <= 0) {
    const double inside = box.reach(side) + reach_of(shape, state, side) -
                          glm::dot(Vec2d(state.centre) - box.centre, side);
    return {contact(vehicle, box, side, shape, state), Vec3d(side, 0), inside};
  }
  const Vec2d out = glm::normalize(d);
  return {Vec3d(corner, at.z), Vec3d(out, 0), reach_of(shape, state, out) - glm::length(d)};
}

}  // namespace

bool hit_by(const Body& vehicle, const Body& thing, const RigidShape& shape, double dt_s,
            RigidState& state) {
  const double top = thing.position.z + thing.height_m;
  if (top < vehicle.position.z + kClearance_m) return false;
  const Outline box = vehicle.outline();
  const Vec2d relative_mps = Vec2d(state.velocity_mps - vehicle.velocity_mps);
  const auto face = entered_face(box, relative_mps, shape, state);
  if (!face || face->deep_m > most_entered_m(vehicle, box, shape, state, dt_s)) return false;
  const auto [at, n, deep] = touch_of(vehicle, box, *face, shape, state);
  if (deep <= 0) return false;
  const auto leaves_mps = [&] {
    return glm::dot(state.velocity_mps - vehicle.velocity_mps, n);
  };
  // Out again as far as it has come by its own way; what turned in, it leaves by moving on.
  const double out = std::min(deep, dt_s * std::max(-leaves_mps(), 0.0));
  const double closing = glm::dot(velocity_at(state, at) - vehicle.velocity_mps, n);
  if (closing < 0) {
    const double impulse =
        -(1 + shape.physics.restitution) * closing / mobility(shape, state, at, n);
    push(shape, impulse * n, at, state);
  }
  // The next corner of what spins against the vehicle comes within a step or two: on the way its
  // middle is no slower than what pushes it.
  const double least_mps = std::min((deep - out) / dt_s, kAside_mps);
  if (leaves_mps() < least_mps) state.velocity_mps += (least_mps - leaves_mps()) * n;
  state.centre += out * n;
  return true;
}

}  // namespace oddroad::sim
