// Traffic lights on a pole or a mast arm. Faces look to +x; the pole's foot is the origin. Types:
// signal.vehicle3 (red, yellow, green), signal.vehicle2 (red over yellow, as at level crossings),
// signal.arrow (three arrows), signal.pedestrian (red and green figure).
//
// Every lens is a part of its own ("lens.red", ...) in a material of its own that is dark; the lit
// twin and the name stand in Model::lamps ("red", "yellow", "green"). Numbers: "lens" (diameter,
// metres), "lower" (lower edge of the head over the ground), "arm" (reach of a mast arm along y,
// negative to the right; 0 = the head sits at the pole), "pole" (0: head alone), "backplate",
// "direction" (signal.arrow: -1 right, 0 straight, 1 left). Heads: EN 12368, lenses 200 or 300 mm;
// lit lenses 400 cd over the lens of 300 mm, 200 cd over 200 mm.
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> signal_types();

}  // namespace oddroad::asset
