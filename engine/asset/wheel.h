// Wheels of vehicles: tyre, rim with spokes, brake disc behind.
#pragma once

#include <cstdint>

#include "engine/core/random.h"
#include "engine/math/mesh.h"

namespace oddroad::asset {

struct WheelSpec {
  double radius_m = 0.316;  // outer radius of the tyre
  double width_m = 0.205;
  double rim_radius_m = 0.228;  // bead
  bool steel = false;           // pressed disc instead of spokes
  int spokes = 5;
  bool twin = false;  // every spoke is a pair
};

// Alloys on cars mostly with five spokes or five pairs; steel discs on most vans.
WheelSpec draw_wheel(core::RandomStream& stream, bool van);

// Hub frame: turns about y, the outer face looks to +y. Materials are surface::Surface indices.
math::TriangleMesh build_wheel(const WheelSpec& spec);

}  // namespace oddroad::asset
