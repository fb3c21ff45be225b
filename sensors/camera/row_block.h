// Some rows of an image as planes of three colours, with a margin at both ends: what stages of the
// chain hand on while it stays in the cache.
#pragma once

#include <algorithm>

#include "engine/core/raw_vector.h"

namespace oddroad::camera {

// Rows first to first + count - 1, which may lie outside the image.
class RowBlock {
 public:
  static constexpr int kMargin = 4;

  RowBlock(int width_px, int first, int count)
      : width_px_(width_px),
        first_(first),
        stride_(static_cast<std::size_t>(width_px) + 2 * kMargin),
        values_(stride_ * 3 * static_cast<std::size_t>(count)) {}

  // Pixel 0 of a row of a colour; kMargin more pixels lie on either side.
  [[nodiscard]] float* row(int y, int colour) {
    return values_.data() + (static_cast<std::size_t>(y - first_) * 3 + colour) * stride_ + kMargin;
  }
  // The first and the last pixel go on into the margin.
  void extend(int y, int colour) {
    float* pixels = row(y, colour);
    std::fill_n(pixels - kMargin, kMargin, pixels[0]);
    std::fill_n(pixels + width_px_, kMargin, pixels[width_px_ - 1]);
  }

 private:
  int width_px_;
  int first_;
  std::size_t stride_;
  core::RawVector<float> values_;
};

}  // namespace oddroad::camera
