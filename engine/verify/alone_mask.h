// What an object would cover if nothing else were there: by a ray through every pixel of the image
// and of one image size beyond each of its sides.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/capture/image.h"
#include "engine/capture/labels.h"
#include "engine/verify/camera_scene.h"

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
  [[nodiscard]] capture::Box2 box() const {
    if (empty()) return {};
    return {double(left), double(top), double(right), double(bottom)};
  }
};

// One count of pixels, and the bounds of them.
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

struct AloneMask {
  Covered in_frame;
  Covered everywhere;                 // in and beyond the image
  capture::Image<std::uint8_t> mask;  // in the image: 1 = covered
};

// The same with all answers that count near edges: pixels that are covered by every ray within
// kEdgePx of their centre, and by any.
struct AloneRange {
  Covered in_frame_certain, in_frame_possible;
  Covered everywhere_certain, everywhere_possible;
};

// Tells which parts of the extended image a ball can touch, so that not every object is asked for
// every pixel.
class TileCones {
 public:
  static constexpr int kTile = 16;
  struct Tile {
    int x = 0, y = 0;   // first pixel
    bool open = false;  // no cone: always looked at
    math::Vec3d apex{0}, axis{0};
    double half_angle_rad = 0;
  };
  explicit TileCones(const View& view);
  [[nodiscard]] std::vector<const Tile*> touching(const math::Vec3d& centre, double radius) const;

 private:
  std::vector<Tile> tiles_;
};

AloneMask alone_mask(const CameraScene& scene, const TileCones& tiles,
                     std::span<const std::uint32_t> drawables);
// Around an alone mask: only pixels in its bounds and next to them are looked at.
AloneRange alone_range(const CameraScene& scene, const AloneMask& mask,
                       std::span<const std::uint32_t> drawables);

}  // namespace oddroad::verify
