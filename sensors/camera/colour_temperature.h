// The colour of light by its temperature.
#pragma once

#include "engine/math/affine.h"

namespace oddroad::camera {

// Linear RGB (sRGB primaries, D65 white = 1, 1, 1) of luminance 1. Up to 3500 K a black body (Kim
// et al. 2002, cubic fits of the Planckian locus), from 5000 K daylight (CIE 15: D series), between
// them a blend. 1700 to 25000 K.
math::Vec3d light_of_temperature(double kelvin);

}  // namespace oddroad::camera
