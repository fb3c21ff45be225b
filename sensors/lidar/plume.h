// A plume of smoke: a leaning column that widens and breaks up as it rises, the same as in the
// pictures (render/shaders/air.glsl).
#pragma once

#include <cstdint>
#include <optional>

#include "engine/math/affine.h"
#include "engine/world/environment.h"

namespace oddroad::lidar {

class Plume {
 public:
  Plume(const world::Environment& environment, std::int64_t stamp_ns);

  [[nodiscard]] bool empty() const { return per_m_ <= 0; }
  // At a place in the world.
  [[nodiscard]] double extinction_per_m(const math::Vec3d& p) const;
  // Where a ray (unit direction) may be inside, up to a distance.
  struct Chord {
    double begin_m = 0, end_m = 0;
  };
  [[nodiscard]] std::optional<Chord> chord(const math::Vec3d& origin, const math::Vec3d& direction,
                                           double distance_m) const;
  [[nodiscard]] double depth(const math::Vec3d& origin, const math::Vec3d& direction,
                             double distance_m) const;

 private:
  world::Environment weather_;
  double per_m_ = 0;  // in the middle
  double seconds_ = 0;
};

}  // namespace oddroad::lidar
