// Denoising and sharpening of finished codes, as image processors of cameras do them: colour noise
// is blurred away (3x3 binomial), faint detail in brightness is noise and is held back, the rest is
// sharpened by an unsharp mask (which makes halos, as it does in cameras). More gain, more
// denoising and less sharpening: at night the darkest parts lose their colour, which is noise.
#pragma once

#include <array>

#include "sensors/camera/image_settings.h"
#include "sensors/camera/row_block.h"

namespace oddroad::camera {

class Detail {
 public:
  Detail(const ImageSettings& settings, double gain);

  // Red, green and blue rows to brightness and two colour differences, in place.
  static void split_row(int width_px, float* red, float* green, float* blue);
  // Row `middle` of split rows (the three around it, with margins) to red, green and blue codes.
  struct Rows {
    std::array<const float*, 3> brightness, red_difference, blue_difference;
  };
  void finish_row(int width_px, const Rows& rows, float* red, float* green, float* blue) const;

 private:
  float smooth_colour_;    // share of colour that comes from around
  float faint_;            // codes of detail that count as noise
  float colour_per_code_;  // how soon colour comes with brightness
  float sharpen_, saturation_;
};

}  // namespace oddroad::camera
