// Decoders of masks by the descriptions of COCO and Cityscapes; they share nothing with writers.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace oddroad::test {

// Row-major pixels of a compressed run-length string.
inline std::vector<bool> decode_coco_rle(const std::string& text, int height, int width) {
  std::vector<long> runs;
  for (std::size_t p = 0; p < text.size();) {
    long value = 0;
    int shift = 0;
    bool more = true;
    while (more && p < text.size()) {
      const long c = text[p++] - 48;
      value |= (c & 31) << shift;
      more = (c & 32) != 0;
      shift += 5;
      if (!more && (c & 16)) value |= -1L << shift;
    }
    if (runs.size() > 2) value += runs[runs.size() - 2];
    runs.push_back(value);
  }
  std::vector<bool> out(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  std::size_t at = 0;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    for (long n = 0; n < runs[k]; ++n, ++at) {
      if (at >= out.size()) return {};
      const std::size_t column = at / static_cast<std::size_t>(height);
      const std::size_t row = at % static_cast<std::size_t>(height);
      if (k % 2 == 1) out[row * static_cast<std::size_t>(width) + column] = true;
    }
  }
  return at == out.size() ? out : std::vector<bool>();
}

// Adds pixels whose centre a polygon (x1, y1, x2, y2, ...) surrounds, by counting crossings.
inline void fill_polygon(const std::vector<double>& flat, int width, std::vector<bool>& mask) {
  const std::size_t n = flat.size() / 2;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    const double x = static_cast<double>(i % static_cast<std::size_t>(width)) + 0.5;
    const double y = static_cast<double>(i / static_cast<std::size_t>(width)) + 0.5;
    bool in = false;
    for (std::size_t a = 0, b = n - 1; a < n; b = a++) {
      const double ya = flat[2 * a + 1], yb = flat[2 * b + 1];
      if ((ya > y) == (yb > y)) continue;
      const double at = flat[2 * a] + (y - ya) / (yb - ya) * (flat[2 * b] - flat[2 * a]);
      if (x < at) in = !in;
    }
    if (in) mask[i] = true;
  }
}

// The same with pixels as corners and the border filled too: level and upright sides only. Like the
// libraries that draw polygons it wants three corners, be it the same ones.
inline void fill_with_border(const std::vector<std::array<int, 2>>& corners, int width,
                             std::vector<bool>& mask) {
  if (corners.size() < 3) throw std::invalid_argument("a polygon of fewer than three corners");
  std::vector<double> flat;
  // Centres on the border are drawn below; nudged, so that none lies on a side.
  for (const auto& c : corners) flat.insert(flat.end(), {c[0] + 0.5 + 1e-7, c[1] + 0.5 + 1e-7});
  fill_polygon(flat, width, mask);
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const auto& a = corners[i];
    const auto& b = corners[(i + 1) % corners.size()];
    const int steps = std::max(std::abs(b[0] - a[0]), std::abs(b[1] - a[1]));
    for (int s = 0; s <= steps; ++s) {
      const int x = a[0] + (steps ? (b[0] - a[0]) * s / steps : 0);
      const int y = a[1] + (steps ? (b[1] - a[1]) * s / steps : 0);
      mask[static_cast<std::size_t>(y * width + x)] = true;
    }
  }
}

}  // namespace oddroad::test
