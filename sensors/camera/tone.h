// From linear levels to what an 8-bit file holds.
//   srgb     IEC 61966-2-1
//   gamma    x^(1/gamma)
//   filmic   the curve of Narkowicz ("ACES filmic tone mapping curve", 2016), scaled so that
//            white is white, then sRGB
// Then an S of the codes: y + contrast (y^2 (3 - 2 y) - y).
#pragma once

#include <array>

#include "sensors/camera/image_settings.h"

namespace oddroad::camera {

// Level 1 is a full well; `most` what is white (white_level() in photometry.h). The code is 0 to
// 255, not rounded.
double tone_code(double level, double most, const ImageSettings& settings);

// The curve as a table over the square root of the level.
class ToneTable {
 public:
  ToneTable(double most, const ImageSettings& settings);
  // Levels below 0 count as 0, above `most` as most.
  void encode_row(int width_px, float* levels) const;

 private:
  static constexpr int kSize = 4096;
  float per_level_;  // squared
  std::array<float, kSize + 1> table_;
};

}  // namespace oddroad::camera
