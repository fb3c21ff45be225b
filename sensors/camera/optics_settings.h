// What the glass does to light.
//   optics:
//     f_number: 1.8
//     transmission: 90 %
//     vignetting: 20 %          # light that the barrel takes from the image's corner, beside cos^4
//     chromatic_shift: 3e-4     # red is larger by this share, blue smaller (lateral aberration)
//     blur_centre: 0.6          # deviation of the lens's Gaussian spot, pixels
//     blur_corner: 0.9
//     bloom: 1.5 %              # share of the light that spreads in halos around its image
//     veiling_glare: 1 %        # share that spreads evenly over the image
#pragma once

#include "engine/core/map_reader.h"

namespace oddroad::camera {

struct OpticsSettings {
  double f_number = 1.8;
  double transmission = 0.9;
  double vignetting = 0.2;
  double chromatic_shift = 3e-4;
  double blur_centre_px = 0.6;
  double blur_corner_px = 0.9;
  double bloom = 0.015;
  double veiling_glare = 0.01;
};

// Reads `optics` of a camera; without it nothing changes. Errors go to the reader's diagnostics.
void read_optics(core::MapReader& camera, OpticsSettings& out);

}  // namespace oddroad::camera
