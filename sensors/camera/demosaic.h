// Three colours for every pixel of a Bayer mosaic. Bilinear, or Malvar, He and Cutler,
// "High-quality linear interpolation for demosaicing of Bayer-patterned color images" (ICASSP
// 2004): bilinear corrected by the Laplacian of the colour that the pixel does have, but never
// beyond the neighbours of the wanted colour: lamps and the sun would have dark rings.
#pragma once

#include <array>

#include "sensors/camera/image_settings.h"
#include "sensors/camera/sensor_settings.h"

namespace oddroad::camera {

inline constexpr int kDemosaicReach = 2;

// Row y from rows y - 2 to y + 2, each with two more values on either side. Beyond the image rows
// and columns are reflected about the edge pixel, which keeps the mosaic.
void demosaic_row(Demosaic method, Mosaic mosaic, int y, int width_px,
                  const std::array<const float*, 5>& rows, float* red, float* green, float* blue);

// Reflects an index about the edge pixels of [0, n).
inline int mirrored(int i, int n) {
  if (n == 1) return 0;
  if (i < 0) i = -i;
  if (i >= n) i = 2 * (n - 1) - i;
  return i;
}

}  // namespace oddroad::camera
