#include "sensors/camera/lens_blur.h"

#include "sensors/camera/falloff.h"

namespace oddroad::camera {

LensBlur::LensBlur(const CameraSettings& settings)
    : width_px_(settings.camera.width_px), cx_(settings.camera.cx_px), cy_(settings.camera.cy_px) {
  const auto square = [](double v) {
    return v * v;
  };
  const double centre = square(settings.optics.blur_centre_px);
  const double corner = square(settings.optics.blur_corner_px);
  middle_ = centre / 4;
  per_r2_ = (corner - centre) / 4 / square(corner_radius_px(settings.camera));
}

void LensBlur::weights(int y, float* a) const {
  const double dy = y + 0.5 - cy_;
  const auto base = static_cast<float>(middle_ + per_r2_ * dy * dy);
  const auto slope = static_cast<float>(per_r2_);
  const auto left = static_cast<float>(0.5 - cx_);
  for (int x = 0; x < width_px_; ++x) {
    const float dx = static_cast<float>(x) + left;
    a[x] = base + slope * dx * dx;
  }
}

namespace {

// Two passes of [a, 1 - 2a, a] in one.
inline float five_taps(float a, float m2, float m1, float c, float p1, float p2) {
  const float rest = 1 - 2 * a;
  return c * (rest * rest + 2 * a * a) + (m1 + p1) * (2 * a * rest) + (m2 + p2) * (a * a);
}

}  // namespace

void LensBlur::along(RowBlock& block, int y, int colour, const float* a, float* out) const {
  block.extend(y, colour);
  const float* in = block.row(y, colour);
  for (int x = 0; x < width_px_; ++x) {
    out[x] = five_taps(a[x], in[x - 2], in[x - 1], in[x], in[x + 1], in[x + 2]);
  }
}

void LensBlur::across(const std::array<const float*, 5>& rows, const float* a, float* out) const {
  const float *r0 = rows[0], *r1 = rows[1], *r2 = rows[2], *r3 = rows[3], *r4 = rows[4];
  for (int x = 0; x < width_px_; ++x) {
    out[x] = five_taps(a[x], r0[x], r1[x], r2[x], r3[x], r4[x]);
  }
}

}  // namespace oddroad::camera
