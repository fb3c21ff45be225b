// What a lens makes of the radiance before it: the image on the chip, row by row.
#pragma once

#include "sensors/camera/chromatic.h"
#include "sensors/camera/coarse_image.h"
#include "sensors/camera/lens_blur.h"

namespace oddroad::camera {

// Made once per camera; borrows nothing.
class Lens {
 public:
  explicit Lens(const CameraSettings& settings);

  // The luminance that each pixel of rows [first, last) would see through a perfect lens, per
  // channel: chromatic shift, stray light, falloff, blur. `take(y, red, green, blue)` gets each
  // row. Transmission and f-number are in photometry.h.
  template <typename Take>
  void rows(const capture::Image<math::Vec3f>& radiance, const CoarseImage& stray, int first,
            int last, const Take& take) const;

  [[nodiscard]] const capture::Image<float>& falloff() const { return falloff_; }

 private:
  void gather(const capture::Image<math::Vec3f>& radiance, const CoarseImage& stray, int y,
              RowBlock& scratch) const;

  int width_px_, height_px_;
  float direct_;  // share of the light that is not scattered
  capture::Image<float> falloff_;
  ChromaticShift chromatic_;
  LensBlur blur_;
};

template <typename Take>
void Lens::rows(const capture::Image<math::Vec3f>& radiance, const CoarseImage& stray, int first,
                int last, const Take& take) const {
  constexpr int kReach = LensBlur::kReach;
  RowBlock gathered(width_px_, 0, 1);
  RowBlock blurred(width_px_, first - kReach, last - first + 2 * kReach);
  RowBlock out(width_px_, 0, 1);
  core::RawVector<float> a(static_cast<std::size_t>(width_px_));
  for (int y = first - kReach; y < last + kReach; ++y) {
    const int inside = std::clamp(y, 0, height_px_ - 1);  // the image's edge goes on
    gather(radiance, stray, inside, gathered);
    blur_.weights(inside, a.data());
    for (int c = 0; c < 3; ++c) blur_.along(gathered, 0, c, a.data(), blurred.row(y, c));
  }
  for (int y = first; y < last; ++y) {
    blur_.weights(y, a.data());
    for (int c = 0; c < 3; ++c) {
      blur_.across({blurred.row(y - 2, c), blurred.row(y - 1, c), blurred.row(y, c),
                    blurred.row(y + 1, c), blurred.row(y + 2, c)},
                   a.data(), out.row(0, c));
    }
    take(y, out.row(0, 0), out.row(0, 1), out.row(0, 2));
  }
}

}  // namespace oddroad::camera
