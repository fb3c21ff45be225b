// A line of power poles beside a road, with its wires.
#pragma once

#include <vector>

#include "engine/math/affine.h"
#include "engine/math/mesh.h"

namespace oddroad::stage {

// The wires between poles that stand at these frames (x across the line, as asset::kWires counts),
// in their order; sagging by 1.5 % of the span. World coordinates, one material.
math::TriangleMesh power_wires(const std::vector<math::Affine3d>& poles);

}  // namespace oddroad::stage
