#include "sensors/camera/detail.h"

#include <algorithm>
#include <cmath>

namespace oddroad::camera {
namespace {

// Codes of detail that count as noise where denoising is full and gain is 1: the noise of photons
// grows with the root of gain. Codes below which colour fades for each doubling of gain.
constexpr double kFaint = 4;
constexpr double kFade = 18;
// By how much each doubling of gain adds to the denoising of colour, and how soon it takes
// sharpening back, which would bring the noise out again.
constexpr double kPerDoubling = 0.25;
constexpr double kSofterPerDoubling = 0.5;

inline float binomial(const std::array<const float*, 3>& rows, int x) {
  const float *a = rows[0], *b = rows[1], *c = rows[2];
  const float sides = (a[x - 1] + a[x + 1]) + (c[x - 1] + c[x + 1]) + 2 * (b[x - 1] + b[x + 1]);
  return 0.0625f * (sides + 2 * (a[x] + c[x]) + 4 * b[x]);
}

}  // namespace

Detail::Detail(const ImageSettings& settings, double gain)
    : saturation_(static_cast<float>(settings.saturation)) {
  const double doublings = std::log2(std::max(gain, 1.0));
  sharpen_ = static_cast<float>(settings.sharpen / (1 + kSofterPerDoubling * doublings));
  smooth_colour_ =
      static_cast<float>(std::min(settings.denoise * (1 + kPerDoubling * doublings), 1.0));
  faint_ = static_cast<float>(settings.denoise * kFaint * std::sqrt(std::max(gain, 1.0)));
  const double fade = settings.denoise * kFade * doublings;
  colour_per_code_ = static_cast<float>(1 / std::max(fade, 1e-3));
}

void Detail::split_row(int width_px, float* red, float* green, float* blue) {
  for (int x = 0; x < width_px; ++x) {
    const float brightness = 0.299f * red[x] + 0.587f * green[x] + 0.114f * blue[x];
    red[x] -= brightness;
    blue[x] -= brightness;
    green[x] = brightness;
  }
}

void Detail::finish_row(int width_px, const Rows& rows, float* red, float* green,
                        float* blue) const {
  const float faint2 = faint_ * faint_ + 1e-6f;
  for (int x = 0; x < width_px; ++x) {
    const float own = rows.brightness[1][x];
    const float smooth = binomial(rows.brightness, x);
    const float detail = own - smooth;
    const float kept = detail * (detail * detail / (detail * detail + faint2));
    const float brightness = smooth + kept * (1 + sharpen_);
    const float dr = rows.red_difference[1][x], db = rows.blue_difference[1][x];
    const float colour = saturation_ * std::min(std::max(smooth, 0.0f) * colour_per_code_, 1.0f);
    const float r = (dr + (binomial(rows.red_difference, x) - dr) * smooth_colour_) * colour;
    const float b = (db + (binomial(rows.blue_difference, x) - db) * smooth_colour_) * colour;
    red[x] = brightness + r;
    blue[x] = brightness + b;
    green[x] = brightness - (0.299f * r + 0.114f * b) * (1 / 0.587f);
  }
}

}  // namespace oddroad::camera
