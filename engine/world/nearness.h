// How near things come to the sensors in the course of a clip. Internal to this module.
#pragma once

#include <vector>

#include "engine/world/static_world.h"
#include "engine/world/timeline.h"

namespace oddroad::world {

// Sensors are mounted on the ego: within this of the sphere around its box.
inline constexpr double kSensorReach_m = 1;

// A lower bound of the distance from any sensor to any point of a thing, over all steps of the
// clip. It knows the ego, not the rig: the same world is recorded with any. Borrows the timeline.
class Nearness {
 public:
  explicit Nearness(const Timeline& timeline);
  [[nodiscard]] double least_m(const StaticThing& thing) const;
  [[nodiscard]] double least_m(const Actor& actor) const;

 private:
  const Timeline& timeline_;
  std::vector<math::Vec3d> middle_;  // of the ego at each step
  double radius_m_ = 0;
};

}  // namespace oddroad::world
