// Which object each pixel of a frame shows.
#pragma once

#include <map>

#include "engine/verify/camera_scene.h"
#include "engine/verify/check_pixels.h"
#include "engine/verify/covered.h"
#include "engine/verify/frame_files.h"

namespace oddroad::verify {

// The recorded ids; where ids were not recorded, what own rays saw. Borrows both.
class Masks {
 public:
  Masks(const FrameImages& images, const SeenImage& seen, int width_px, int height_px);

  [[nodiscard]] std::uint16_t at(int x, int y) const {
    const auto i = static_cast<std::size_t>(y) * width_px_ + x;
    return images_.ids.empty() ? seen_[i].id : images_.ids.pixels[i];
  }
  [[nodiscard]] bool recorded() const { return !images_.ids.empty(); }
  [[nodiscard]] Covered of(std::uint16_t id) const;
  [[nodiscard]] const std::map<std::uint16_t, Covered>& all() const { return covered_; }

 private:
  const FrameImages& images_;
  const SeenImage& seen_;
  int width_px_;
  std::map<std::uint16_t, Covered> covered_;
};

// Pixels in and around `bounds` that show an object by every ray near their centre, and by any.
CoveredRange visible_range(const CameraScene& scene, std::uint16_t id, PixelBounds bounds);

}  // namespace oddroad::verify
