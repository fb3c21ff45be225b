#include "sensors/camera/bit_window.h"

#include <algorithm>

#include "engine/core/parallel.h"

namespace oddroad::camera {
namespace {

// to[i] |= from[i + shift], where that exists.
void gather(const std::uint8_t* from, std::uint8_t* to, int length, int shift) {
  const int first = std::max(-shift, 0);
  const int last = std::min(length - shift, length);
  for (int i = first; i < last; ++i) to[i] |= from[i + shift];
}

}  // namespace

std::vector<std::uint8_t> bits_around(const std::vector<std::uint8_t>& bits, int width, int height,
                                      int before, int after) {
  const auto row = [width](auto& image, int y) {
    return image.data() + static_cast<std::size_t>(y) * width;
  };
  std::vector<std::uint8_t> rows(bits.size(), 0);
  core::parallel_for(height, [&](int y) {
    for (int k = -before; k <= after; ++k) gather(row(bits, y), row(rows, y), width, k);
  });
  std::vector<std::uint8_t> out(bits.size(), 0);
  core::parallel_for(height, [&](int y) {
    for (int j = std::max(y - before, 0); j <= std::min(y + after, height - 1); ++j) {
      gather(row(rows, j), row(out, y), width, 0);
    }
  });
  return out;
}

}  // namespace oddroad::camera
