// Straight pieces of the way of light.
#pragma once

#include "sensors/lidar/surface_hit.h"
#include "sensors/lidar/surface_optics.h"

namespace oddroad::lidar {

// Up to three panes one behind another.
inline constexpr int kLegRounds = 3;

// One line of cache: neighbouring shots are looked at all over the sweep.
struct alignas(64) Met {
  SurfaceHit surface;
  Response response;
};
static_assert(sizeof(Met) == 64);

// A piece after the first, or beside it.
struct Leg {
  Met met;
  std::uint32_t shot = 0;
  std::uint8_t part = 0;  // 0: of the axis; 1 to 4: of a ring ray
  bool ghost = false;     // after a mirror
  double gain = 1;        // of the beam's power, there and back
  double before_m = 0;    // way up to its origin
  math::Vec3d origin{0};  // world
  math::Vec3d direction{0};
};

}  // namespace oddroad::lidar
