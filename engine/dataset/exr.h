// Depth as OpenEXR: one channel Z, 32-bit float, RLE (lossless; a ninth of ZIP's time).
#pragma once

#include <string>

#include "engine/capture/image.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

// Infinity (sky) is kept. Equal images give equal bytes.
std::string encode_depth_exr(const capture::Image<float>& depth_m);
// Errors: not an EXR, truncated, no float channel Z, more than 2^28 pixels.
core::Result<capture::Image<float>> decode_depth_exr(const std::string& bytes,
                                                     const std::string& file);

}  // namespace oddroad::dataset
