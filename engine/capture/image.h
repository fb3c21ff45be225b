// Row-major images, row 0 on top.
#pragma once

#include <cstdint>

#include <glm/glm.hpp>

#include "engine/core/raw_vector.h"

namespace oddroad::capture {

template <typename T>
struct Image {
  int width_px = 0;
  int height_px = 0;
  core::RawVector<T> pixels;

  Image() = default;
  Image(int width, int height, T fill = {})
      : width_px(width),
        height_px(height),
        pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), fill) {}
  // For whoever writes every pixel: they hold anything.
  static Image unwritten(int width, int height) {
    Image image;
    image.width_px = width;
    image.height_px = height;
    image.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    return image;
  }
  bool operator==(const Image&) const = default;
  [[nodiscard]] bool empty() const { return pixels.empty(); }
  [[nodiscard]] T& at(int x, int y) { return pixels[static_cast<std::size_t>(y) * width_px + x]; }
  [[nodiscard]] const T& at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * width_px + x];
  }
};

using Rgb8 = glm::u8vec3;

}  // namespace oddroad::capture
