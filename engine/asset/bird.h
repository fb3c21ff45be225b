// Birds from parameters: they stand, walk with planted feet, and fly with beating wings. Types:
// animal.pigeon, animal.crow, animal.goose. Number "length" (bill to tail, metres).
//
// Model frame: ground below the hip joints, x forward. Articulation: walk_weight as for everybody;
// run_weight is the share of flight: at 1 the body lies level, the legs trail, phase is the wing
// beat (0 = wings up) and whoever moves the bird gives its height. Wing beats: 6 / 4.2 / 4.4 per
// second (pigeon, crow, goose; Pennycuick, J. Exp. Biol. 199, 1996). Walking pigeons hold their
// head still in the world between thrusts (Frost, J. Exp. Biol. 74, 1978), crows less so.
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> bird_types();

}  // namespace oddroad::asset
