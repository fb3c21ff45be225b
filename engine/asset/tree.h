// A tree of 10,000 to 20,000 triangles: a trunk with root flare, limbs that reach the crown's
// envelope, twigs, and every leaf a folded sheet of its own, so that silhouettes and the gaps that
// a LiDAR beam finds are geometry. class_name "vegetation".
//
// Numbers: species (0 lime, 1 Norway maple, 2 silver birch, 3 spruce; else drawn from the seed),
// height (metres), detail (1 = full; leaves are fewer and larger below, for the far distance).
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<NumberRange> tree_numbers();
ModelSize tree_size(const PropNumbers& numbers);
Model make_tree(const PropNumbers& numbers);

}  // namespace oddroad::asset
