// Pictures at another size.
#pragma once

#include <algorithm>

#include "engine/report/canvas.h"

namespace oddroad::report {

// Averages where it shrinks, repeats where it grows.
Picture scale_picture(const Picture& picture, int width_px, int height_px);

// Ids, classes and depth are never mixed: the pixel at the centre counts.
template <typename T>
capture::Image<T> scale_nearest(const capture::Image<T>& image, int width_px, int height_px) {
  capture::Image<T> out(width_px, height_px);
  for (int y = 0; y < height_px; ++y) {
    const int row = std::min(image.height_px - 1, (2 * y + 1) * image.height_px / (2 * height_px));
    for (int x = 0; x < width_px; ++x) {
      const int column =
          std::min(image.width_px - 1, (2 * x + 1) * image.width_px / (2 * width_px));
      out.at(x, y) = image.at(column, row);
    }
  }
  return out;
}

}  // namespace oddroad::report
