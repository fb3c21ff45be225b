// Water that tyres throw up behind vehicles on wet roads: what cameras and LiDARs meet of it.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/math/affine.h"
#include "engine/world/scene_window.h"

namespace oddroad::world {

// Droplets about a point, normally distributed.
struct SprayPuff {
  math::Vec3d centre;  // world
  double spread_m = 0.3;
  double extinction_per_m = 0;  // in the middle
};

// Of every vehicle in the window but the ego, from 8 m/s on: puffs of droplets that are left
// behind, widen and settle within a second. Extinction grows with the water's depth and the square
// of speed (a truck at 25 m/s in 1 mm hides most of what is right behind its wheels) and is less
// for low cars. One list for each vehicle that throws any.
std::vector<std::vector<SprayPuff>> spray_in(const SceneWindow& window, std::int64_t stamp_ns);

// Optical depth of puffs along a ray with unit direction, as far as `distance_m`.
double spray_depth(const std::vector<SprayPuff>& puffs, const math::Vec3d& origin,
                   const math::Vec3d& direction, double distance_m);
// Extinction per metre at a place.
double spray_extinction_per_m(const std::vector<SprayPuff>& puffs, const math::Vec3d& at);

}  // namespace oddroad::world
