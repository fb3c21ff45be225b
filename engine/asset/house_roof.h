// The gable roof of a house: two tiled slabs, gable walls, ridge, gutters, dormers, chimneys.
#pragma once

#include <array>

#include "engine/asset/facade.h"

namespace oddroad::asset {

// The ridge runs along y; the plan is centred on the origin.
struct RoofPlan {
  float width_m = 0;
  float depth_m = 0;
  float eaves_m = 0;  // top of the walls
  float pitch_rad = .7f;
  float eaves_overhang_m = .5f;
  float verge_overhang_m = .25f;
  int dormers = 0;                                   // on the front slope
  std::array<bool, 2> gable_windows = {true, true};  // to +y, to -y
  int chimneys = 1;
};

void add_roof(TriangleMesh& mesh, const RoofPlan& plan, const FacadeStyle& style,
              core::RandomStream& random);

}  // namespace oddroad::asset
