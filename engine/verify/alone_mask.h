// What an object would cover if nothing else were there: by a ray through every pixel of the image
// and of one image size beyond each of its sides.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/capture/image.h"
#include "engine/verify/camera_scene.h"
#include "engine/verify/covered.h"

namespace oddroad::verify {

struct AloneMask {
  Covered in_frame;
  Covered everywhere;                 // in and beyond the image
  capture::Image<std::uint8_t> mask;  // in the image: 1 = covered
};

// The same with all answers that count near edges.
struct AloneRange {
  CoveredRange in_frame, everywhere;
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
