// Shapes of what lies on a camera's glass: shares of the light that it hides, coarser than the
// image by kCoarse, soft because out of focus.
#pragma once

#include <cstdint>

#include "engine/capture/image.h"

namespace oddroad::camera {

// Splashes of dirt, large and small, over a share of the image.
capture::Image<float> soiling_cover(int width_px, int height_px, double coverage, double opacity,
                                    std::uint64_t key);
// Straight scratches of all lengths and directions.
capture::Image<float> scratches_cover(int width_px, int height_px, int count, std::uint64_t key);

}  // namespace oddroad::camera
