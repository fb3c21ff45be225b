// The smooth motion behind an actor's states.
//
// Pictures and sweeps take motion as piecewise linear between whole milliseconds, whose
// acceleration is a row of spikes. Motion sensors differentiate, so that they take the same states
// (one every 10 ms) joined by cubic splines: three of the place, four of the quaternion, which is
// normalised. Both curves pass through every state; between them they differ by at most a h^2 / 8
// (0.1 mm at 10 m/s2). Acceleration is continuous and linear between states.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/world/timeline.h"
#include "sensors/ins/spline.h"

namespace oddroad::ins {

// World frame but for the rates, which are in the axes of the moving frame.
struct Kinematics {
  math::Vec3d position_m{0}, velocity_mps{0}, acceleration_mps2{0};
  glm::dquat rotation{1, 0, 0, 0};
  math::Vec3d rate_rps{0}, rate_change_rps2{0};
};

class SmoothPath {
 public:
  // Of the actor's origin, the frame of T_world_actor.
  explicit SmoothPath(const world::Actor& actor);
  // Instants outside the actor's life are clamped to it.
  [[nodiscard]] Kinematics at(std::int64_t stamp_ns) const;

 private:
  std::int64_t begin_ns_;
  std::vector<Spline> place_, rotation_;  // x y z; w x y z
};

// The motion of what is fixed to a moving frame: v + w x r, a + w' x r + w x (w x r) (Goldstein,
// Classical Mechanics, 4.10), rates turned into the mount's axes.
Kinematics mounted(const Kinematics& body, const math::Pose& T_body_mount);

}  // namespace oddroad::ins
