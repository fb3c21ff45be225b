// What the pixels around each pixel say, as sets of up to eight bits: tells quickly where all
// agree. Internal to this module.
#pragma once

#include <cstdint>
#include <vector>

namespace oddroad::camera {

// For each place of a row-major image the bits of all places from -before to +after in x and y.
std::vector<std::uint8_t> bits_around(const std::vector<std::uint8_t>& bits, int width, int height,
                                      int before, int after);

}  // namespace oddroad::camera
