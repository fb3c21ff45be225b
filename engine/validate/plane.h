// One number per pixel, in double: what statistics are made of.
#pragma once

#include "engine/capture/image.h"

namespace oddroad::validate {

using Plane = capture::Image<double>;

// Luma of ITU-R BT.601 from 8-bit code values, 0 to 255, not rounded: what picture statistics in
// the literature are defined on (BRISQUE, Laplacian variance).
Plane luma(const capture::Image<capture::Rgb8>& image);

}  // namespace oddroad::validate
