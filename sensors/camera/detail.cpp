#include "sensors/camera/detail.h"

namespace oddroad::camera {
namespace {

// Codes that count as noise where denoising is full.
constexpr float kFaint = 4;

inline float binomial(const std::array<const float*, 3>& rows, int x) {
  const float *a = rows[0], *b = rows[1], *c = rows[2];
  const float sides = (a[x - 1] + a[x + 1]) + (c[x - 1] + c[x + 1]) + 2 * (b[x - 1] + b[x + 1]);
  return 0.0625f * (sides + 2 * (a[x] + c[x]) + 4 * b[x]);
}

}  // namespace

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
  const float faint = denoise_ * kFaint;
  const float faint2 = faint * faint + 1e-6f;
  for (int x = 0; x < width_px; ++x) {
    const float own = rows.brightness[1][x];
    const float smooth = binomial(rows.brightness, x);
    const float detail = own - smooth;
    const float kept = detail * (detail * detail / (detail * detail + faint2));
    const float brightness = smooth + kept * (1 + sharpen_);
    const float dr = rows.red_difference[1][x], db = rows.blue_difference[1][x];
    const float r = (dr + (binomial(rows.red_difference, x) - dr) * denoise_) * saturation_;
    const float b = (db + (binomial(rows.blue_difference, x) - db) * denoise_) * saturation_;
    red[x] = brightness + r;
    blue[x] = brightness + b;
    green[x] = brightness - (0.299f * r + 0.114f * b) * (1 / 0.587f);
  }
}

}  // namespace oddroad::camera
