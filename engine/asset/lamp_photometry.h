// Light of the lamps that a model lists (Model::lamps): what they send where, and how bright their
// lenses look.
//
// Intensities: UN R112/R149 (passing and driving beam, beams.h), R7 (rear position 4-17 cd, stop
// 60-260 cd), R6 (indicators 175-1,000 cd in front, 50-500 behind), R23 (reversing 80-600 cd), EN
// 12368 (signals: 200 cd over 200 mm, 400 cd over 300 mm), R65 (beacons, all around). Luminance of
// a lens = its intensity over its area as seen along its axis, so eye and road get the same light.
#pragma once

#include "engine/asset/model.h"

namespace oddroad::asset {

// Appends a luminaire for each cluster of a lamp's triangles (left and right, front and rear) and
// gives the lit materials of vehicles their luminance. Lamps of names it does not know, and what
// has luminaires of its own already, stay as they are.
void add_lamp_luminaires(Model& model);

}  // namespace oddroad::asset
