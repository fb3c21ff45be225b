// Leaves: folded sheets of two triangles, for trees and hedges.
#pragma once

#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

struct Leaf {
  Vec3f base;       // where it hangs on the twig
  Vec3f direction;  // base to tip, unit
  Vec3f facing;     // the upper side looks roughly this way; need not be perpendicular
  Vec3f shading;    // crown-outward direction mixed into the normals: hides the flat sheets
  float length_m = 0.1f;
  float width_m = 0.08f;
};

// Appends a kite folded along its midrib. The normals side with the winding.
void add_leaf(TriangleMesh& mesh, const Leaf& leaf, std::uint16_t material);

}  // namespace oddroad::asset
