// A flat roof: a slab inside a parapet, with what stands on such roofs.
#pragma once

#include "engine/asset/mesh_tools.h"
#include "engine/core/random.h"

namespace oddroad::asset {

struct FlatRoof {
  float width_m = 0;  // along y
  float depth_m = 0;  // along x
  float top_m = 0;    // of the walls
  float parapet_m = .5f;
  std::uint16_t wall = 0, cover = 0, metal = 0;  // materials
};
void add_flat_roof(TriangleMesh& mesh, const FlatRoof& roof, core::RandomStream& random);

}  // namespace oddroad::asset
