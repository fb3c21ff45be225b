// A tree of 20,000 to 50,000 triangles: a trunk with root flare, limbs that reach the crown's
// envelope, twigs, and every leaf a folded sheet of its own, so that silhouettes and the gaps that
// a LiDAR beam finds are geometry. class_name "vegetation".
//
// Numbers: species (0 lime, 1 Norway maple, 2 silver birch, 3 spruce, 4 oak, 5 Lombardy poplar,
// 6 Scots pine, 7 plane; else a street tree drawn from the seed),
// height (metres), detail (1 = full; leaves are fewer and larger below, for the far distance).
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<NumberRange> tree_numbers();
ModelSize tree_size(const PropNumbers& numbers);
Model make_tree(const PropNumbers& numbers);

// A bush of 0.6 to 3.5 m, grown likewise.
std::vector<NumberRange> shrub_numbers();
ModelSize shrub_size(const PropNumbers& numbers);
Model make_shrub(const PropNumbers& numbers);

}  // namespace oddroad::asset
