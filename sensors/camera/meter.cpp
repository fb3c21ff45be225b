#include "sensors/camera/meter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sensors/camera/photometry.h"
#include "sensors/camera/white_balance.h"

namespace oddroad::camera {
namespace {

constexpr int kStride = 4;
// Histogram of log2 of luminance: eighths from 2^-20 to 2^44, which holds the sun.
constexpr int kBins = 512;
constexpr double kLowest = -20;
constexpr double kPerBin = 0.125;
constexpr double kHighlightShare = 0.985;

class Histogram {
 public:
  void add(float luminance) {
    const double at = (std::log2(std::max(luminance, 1e-6f)) - kLowest) / kPerBin;
    ++counts_[static_cast<std::size_t>(std::clamp(at, 0.0, kBins - 1.0))];
    sum_ += std::log2(std::max(luminance, 1e-6f));
    ++count_;
  }
  [[nodiscard]] double geometric_mean() const {
    return std::exp2(sum_ / static_cast<double>(std::max<std::size_t>(count_, 1)));
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
  double sum_ = 0;
  std::size_t count_ = 0;
};

}  // namespace

Metered meter(const capture::Image<math::Vec3f>& radiance, bool lower_two_thirds) {
  Histogram histogram;
  GreyLight grey;
  for (int y = lower_two_thirds ? radiance.height_px / 3 : 0; y < radiance.height_px;
       y += kStride) {
    for (int x = 0; x < radiance.width_px; x += kStride) {
      const math::Vec3f& c = radiance.at(x, y);
      histogram.add(luminance(c.x, c.y, c.z));
      grey.add(c);
    }
  }
  return {histogram.geometric_mean(), histogram.quantile(kHighlightShare), grey.kelvin()};
}

}  // namespace oddroad::camera
