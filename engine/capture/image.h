// Row-major images, row 0 on top.
#pragma once

#include <cstdint>
#include <vector>

#include <glm/glm.hpp>

namespace oddroad::capture {

template <typename T>
struct Image {
  int width_px = 0;
  int height_px = 0;
  std::vector<T> pixels;

  Image() = default;
  Image(int width, int height, T fill = {})
      : width_px(width), height_px(height),
        pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), fill) {}
  bool operator==(const Image&) const = default;
  [[nodiscard]] bool empty() const { return pixels.empty(); }
  [[nodiscard]] T& at(int x, int y) { return pixels[static_cast<std::size_t>(y) * width_px + x]; }
  [[nodiscard]] const T& at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * width_px + x];
  }
};

using Rgb8 = glm::u8vec3;

}  // namespace oddroad::capture
