#include "sensors/camera/meter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sensors/camera/photometry.h"

namespace oddroad::camera {
namespace {

constexpr int kStride = 4;
// Histogram of log2 of luminance: 32nds from 2^-20 to 2^44, which holds the sun.
constexpr int kBins = 2048;
constexpr double kLowest = -20;
constexpr double kPerBin = 1.0 / 32;
constexpr double kHighlightShare = 0.985;

class Histogram {
 public:
  void add(double log_luminance) {
    const double at = (log_luminance - kLowest) / kPerBin;
    ++counts_[static_cast<std::size_t>(std::clamp(at, 0.0, kBins - 1.0))];
    ++count_;
  }
  [[nodiscard]] double quantile(double share) const {
    double left = share * static_cast<double>(count_);
    for (int k = 0; k < kBins; ++k) {
      left -= static_cast<double>(counts_[k]);
      if (left <= 0) return std::exp2(kLowest + (k + 1) * kPerBin);
    }
    return std::exp2(kLowest + kBins * kPerBin);
  }

 private:
  std::array<std::size_t, kBins> counts_{};
  std::size_t count_ = 0;
};

}  // namespace

Metered meter(const capture::Image<math::Vec3f>& radiance, bool lower_two_thirds) {
  const int first = lower_two_thirds ? radiance.height_px / 3 / kStride * kStride : 0;
  Histogram histogram;
  GreyLight grey;
  double sum = 0;
  std::size_t count = 0;
  for (int y = 0; y < radiance.height_px; y += kStride) {
    for (int x = 0; x < radiance.width_px; x += kStride) {
      const math::Vec3f& c = radiance.at(x, y);
      const double log_luminance = std::log2(std::max(luminance(c.x, c.y, c.z), 1e-6f));
      histogram.add(log_luminance);
      if (y < first) continue;
      grey.add(c);
      sum += log_luminance;
      ++count;
    }
  }
  const double key = std::exp2(sum / static_cast<double>(std::max<std::size_t>(count, 1)));
  return {key, histogram.quantile(kHighlightShare), grey.light()};
}

}  // namespace oddroad::camera
