// JPEG through libjpeg-turbo: baseline, accurate integer transform, so that equal images give equal
// bytes for one version of the library.
#pragma once

#include <string>

#include "engine/capture/image.h"
#include "engine/capture/picture_format.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

std::string encode_jpeg(const capture::Image<capture::Rgb8>& image,
                        const capture::PictureFormat& format);
// Errors: not a JPEG of three colours, truncated, more than 2^28 pixels.
core::Result<capture::Image<capture::Rgb8>> decode_jpeg(const std::string& bytes,
                                                        const std::string& file);

}  // namespace oddroad::dataset
