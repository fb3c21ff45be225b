// Cabins of heavy vehicles and machines as posts, roof and single panes, open to the eye.
#pragma once

#include <vector>

#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

// Panes of one side (+1 left, -1 right) at |y| between x0 < x1 and z0 < z1, parted by `panes` - 1
// posts; posts and rims are black.
TriangleMesh side_glazing(float side, float y, float x0, float x1, float z0, float z1, int panes);
// A pane across the vehicle from (x_low, z0) up to (x_high, z1), facing forward (+1) or back (-1).
TriangleMesh cross_pane(float towards, float half, float x_low, float z0, float x_high, float z1,
                        std::uint16_t material);

}  // namespace oddroad::asset
