// The spot that a lens makes of a point: a Gaussian whose variance grows with the square of the
// distance from the axis. Drawn as two three-tap passes each way, [a, 1 - 2a, a] with a = variance
// / 4: their variance is exact, and up to 1.2 pixels they are close to the Gaussian.
#pragma once

#include <array>

#include "sensors/camera/camera_settings.h"
#include "sensors/camera/row_block.h"

namespace oddroad::camera {

class LensBlur {
 public:
  static constexpr int kReach = 2;  // pixels, each way

  explicit LensBlur(const CameraSettings& settings);

  // Along row y of a block: reads margins, writes `out`, which may not overlap.
  void along(RowBlock& block, int y, int colour, const float* a, float* out) const;
  // Across five rows of one colour: y - 2 to y + 2.
  void across(const std::array<const float*, 5>& rows, const float* a, float* out) const;
  // The a of every pixel of row y, for both.
  void weights(int y, float* a) const;

 private:
  int width_px_;
  double cx_, cy_;
  double middle_, per_r2_;  // a = middle + per_r2 * r^2
};

}  // namespace oddroad::camera
