// What moves on or beside the road without being traffic: the ego, scripted actors, people, debris.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "engine/math/affine.h"

namespace oddroad::traffic {

enum class BodyKind : std::uint8_t { kVehicle, kPerson, kThing };

// Seen from above: a rectangle about `centre` (which lies on the ground, map frame).
struct ExternalBody {
  BodyKind kind = BodyKind::kVehicle;
  math::Vec3d centre{0};
  double yaw_rad = 0;
  math::Vec2d velocity_mps{0};
  double half_length_m = 2.5;
  double half_width_m = 0.9;
};

struct Viewer {
  math::Vec3d position{0};
};

// Is this place hidden from all viewers? For spawning and removing nearer than the sight distance.
using Hidden = std::function<bool(const math::Vec3d& centre, double radius_m)>;

struct Surroundings {
  std::span<const ExternalBody> bodies;
  std::span<const Viewer> viewers;
  const Hidden* hidden = nullptr;
  std::optional<math::Vec3d> centre;  // of the populated area from now on
};

}  // namespace oddroad::traffic
