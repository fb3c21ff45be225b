// Counts of pixels and the bounds of them.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/capture/labels.h"

namespace oddroad::verify {

// Pixels from an inclusive to an exclusive corner; empty without pixels.
struct PixelBounds {
  int left = 1 << 30, top = 1 << 30, right = -(1 << 30), bottom = -(1 << 30);

  [[nodiscard]] bool empty() const { return right <= left; }
  void include(int x, int y) {
    left = std::min(left, x), right = std::max(right, x + 1);
    top = std::min(top, y), bottom = std::max(bottom, y + 1);
  }
  void include(const PixelBounds& b) {
    left = std::min(left, b.left), right = std::max(right, b.right);
    top = std::min(top, b.top), bottom = std::max(bottom, b.bottom);
  }
  // One pixel more on each side, within limits.
  [[nodiscard]] PixelBounds grown(int x0, int y0, int x1, int y1) const {
    if (empty()) return *this;
    return {std::max(left - 1, x0), std::max(top - 1, y0), std::min(right + 1, x1),
            std::min(bottom + 1, y1)};
  }
  [[nodiscard]] capture::Box2 box() const {
    if (empty()) return {};
    return {double(left), double(top), double(right), double(bottom)};
  }
};

struct Covered {
  std::int64_t px = 0;
  PixelBounds bounds;

  void add(int x, int y) {
    ++px;
    bounds.include(x, y);
  }
  void add(const Covered& other) {
    px += other.px;
    bounds.include(other.bounds);
  }
};

// Pixels that are covered by every ray within kEdgePx of their centre, and by any: every count in
// between is right, and every box.
struct CoveredRange {
  Covered certain, possible;

  [[nodiscard]] bool allows(std::int64_t px) const { return px >= certain.px && px <= possible.px; }
  [[nodiscard]] bool allows(const capture::Box2& box) const {
    return inside(certain.bounds.box(), box) && inside(box, possible.bounds.box());
  }

 private:
  static bool inside(const capture::Box2& a, const capture::Box2& b) {
    return a == capture::Box2{} ||
           (a.left >= b.left && a.top >= b.top && a.right <= b.right && a.bottom <= b.bottom);
  }
};

}  // namespace oddroad::verify
