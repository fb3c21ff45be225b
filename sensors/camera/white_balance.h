// Which light counts as white: the camera's guess of its colour temperature, and the gains that
// make it neutral, or nearly so: people expect lamps to look warm. The guess is grey-world over
// what may be grey: surfaces whose raw colour a grey one would have under some daylight or lamp;
// leaves, paint and blue sky do not vote.
#pragma once

#include <array>

#include "engine/math/affine.h"
#include "sensors/camera/exposure_settings.h"

namespace oddroad::camera {

// Collects radiances of an image.
class GreyLight {
 public:
  void add(const math::Vec3f& radiance);
  // 0 where nothing in the image may be grey.
  [[nodiscard]] double kelvin() const;

 private:
  math::Vec3d grey_{0};  // sums of raw values over their green
  double count_ = 0;
};

// Of red, green and blue raw values, the smallest 1, so that what saturates stays white.
std::array<float, 3> white_gains(double kelvin);

// Follows the measured temperature with a time constant, in reciprocal kelvin, inside its limits.
class AutoWhite {
 public:
  // seconds: since the frame before. measured: 0 changes nothing.
  double update(double measured_kelvin, double seconds, const WhiteBalanceSettings& settings);

 private:
  double mired_ = 0;
};

}  // namespace oddroad::camera
