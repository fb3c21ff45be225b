// Which light counts as white: the camera's guess of its colour temperature and tint, and the gains
// that make it neutral, or nearly so: people expect lamps to look warm. The guess is grey-world
// over what may be grey: surfaces whose raw colour a grey one would have under some daylight, lamp
// or a mixture of both; leaves, paint and blue sky do not vote.
#pragma once

#include <array>

#include "engine/core/archive.h"
#include "engine/math/affine.h"
#include "sensors/camera/exposure_settings.h"

namespace oddroad::camera {

struct WhiteLight {
  double kelvin = 0;  // 0: unknown
  // Doublings by which green^2 / (red blue) of raw values is above that of the lamp or daylight of
  // this temperature: below 0 where warm and blue light mix.
  double tint = 0;
};

// Collects radiances of an image.
class GreyLight {
 public:
  void add(const math::Vec3f& radiance);
  // 0 kelvin where nothing in the image may be grey.
  [[nodiscard]] WhiteLight light() const;

 private:
  math::Vec3d grey_{0};  // sums of raw values over their green
  double count_ = 0;
};

// Of red, green and blue raw values, the smallest 1, so that what saturates stays white.
std::array<float, 3> white_gains(const WhiteLight& light);

// Follows the measured light with a time constant, in reciprocal kelvin and in tint, inside its
// limits.
class AutoWhite {
 public:
  // seconds: since the frame before. measured: 0 kelvin changes nothing.
  WhiteLight update(const WhiteLight& measured, double seconds,
                    const WhiteBalanceSettings& settings);
  void remember(core::Archive& archive) { archive(mired_, tint_); }

 private:
  double mired_ = 0;
  double tint_ = 0;
};

}  // namespace oddroad::camera
