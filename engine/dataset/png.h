// PNG through libspng. Equal images give equal bytes for one version of the library.
#pragma once

#include <cstdint>
#include <string>

#include "engine/capture/image.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

// 8-bit RGB; UP filter and Huffman coding only: a third of the default's time, smaller than
// level 1.
std::string encode_png(const capture::Image<capture::Rgb8>& image);
// Ids and classes: grey 16 and 8 bit, unfiltered, level 1.
std::string encode_png(const capture::Image<std::uint16_t>& image);
std::string encode_png(const capture::Image<std::uint8_t>& image);

// Errors: not a PNG, truncated, another bit depth or colour type, more than 2^28 pixels.
core::Result<capture::Image<capture::Rgb8>> decode_png_rgb(const std::string& bytes,
                                                           const std::string& file);
core::Result<capture::Image<std::uint16_t>> decode_png16(const std::string& bytes,
                                                         const std::string& file);
core::Result<capture::Image<std::uint8_t>> decode_png8(const std::string& bytes,
                                                       const std::string& file);

}  // namespace oddroad::dataset
