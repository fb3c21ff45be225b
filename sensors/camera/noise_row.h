// Normal deviates for the pixels of a row: counter-based, so that they depend on nothing but the
// key and the place.
#pragma once

#include <array>
#include <cstdint>

namespace oddroad::camera {

// A normal deviate of variance 1 for each 12 bits: the middles of 4096 equally likely pieces.
const std::array<float, 4096>& normal_table();

// Fills n deviates of row y; `stream` tells apart what must be independent in one frame. `out` must
// have room for n rounded up to 8.
void fill_normals(std::uint64_t key, std::uint32_t y, std::uint32_t stream, int n, float* out);

// One deviate for a row or a frame.
float one_normal(std::uint64_t key, std::uint32_t y, std::uint32_t stream);

// A number of events with the given mean, from one uniform number (inversion; for means to 30).
int poisson(float mean, float uniform);

}  // namespace oddroad::camera
