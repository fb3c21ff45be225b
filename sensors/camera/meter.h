// What a camera measures in an image to choose exposure and white balance.
#pragma once

#include "engine/capture/image.h"
#include "engine/math/affine.h"
#include "sensors/camera/white_balance.h"

namespace oddroad::camera {

struct Metered {
  double key_luminance = 0;        // geometric mean of the part that is metered, cd/m2
  double highlight_luminance = 0;  // not reached by 98.5 % of the whole image
  WhiteLight grey;                 // the light on what may be grey; 0 kelvin: nothing is
};

// Every fourth pixel of every fourth row counts. lower_two_thirds: the street, not the sky.
Metered meter(const capture::Image<math::Vec3f>& radiance, bool lower_two_thirds);

}  // namespace oddroad::camera
