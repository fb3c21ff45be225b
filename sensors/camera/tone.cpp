#include "sensors/camera/tone.h"

#include <algorithm>
#include <cmath>

namespace oddroad::camera {
namespace {

// Puts mid-grey (0.104 of a full well) where other cameras with this curve have it.
constexpr double kFilmicGain = 1.2;

double filmic(double x) {
  return x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14);
}

double srgb(double x) {
  return x <= 0.0031308 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055;
}

double curve(double x, double most, const ImageSettings& settings) {
  switch (settings.tone) {
    case Tone::kFilmic:
      return srgb(filmic(kFilmicGain * x) / filmic(kFilmicGain * most));
    case Tone::kGamma:
      return std::pow(x / most, 1 / settings.gamma);
    case Tone::kSrgb:
      break;
  }
  return srgb(x / most);
}

}  // namespace

double tone_code(double level, double most, const ImageSettings& settings) {
  const double y = curve(std::clamp(level, 0.0, most), most, settings);
  return 255 * (y + settings.contrast * (y * y * (3 - 2 * y) - y));
}

ToneTable::ToneTable(double most, const ImageSettings& settings)
    : per_level_(static_cast<float>(static_cast<double>(kSize) * kSize / most)) {
  for (int k = 0; k <= kSize; ++k) {
    const double root = static_cast<double>(k) / kSize;
    table_[k] = static_cast<float>(tone_code(root * root * most, most, settings));
  }
}

void ToneTable::encode_row(int width_px, float* levels) const {
  for (int x = 0; x < width_px; ++x) {
    const float at = std::sqrt(std::max(levels[x], 0.0f) * per_level_);
    levels[x] = std::min(at, static_cast<float>(kSize)) + 0.5f;
  }
  for (int x = 0; x < width_px; ++x) levels[x] = table_[static_cast<int>(levels[x])];
}

}  // namespace oddroad::camera
