#include "engine/validate/image_statistics.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/validate/mscn.h"
#include "engine/validate/spectrum.h"

namespace oddroad::validate {
namespace {

constexpr int kSaturated = 253;
constexpr int kBlack = 4;
constexpr double kNormalMedian = 0.6745;  // median magnitude of a standard normal

// JPEG and demosaicking spread what a sensor clipped over the last few code values.
void add_channels(const capture::Image<capture::Rgb8>& image, ImageStatistics& out) {
  std::size_t saturated = 0, black = 0;
  double saturation = 0;
  for (const capture::Rgb8 p : image.pixels) {
    const int most = std::max<int>({p.x, p.y, p.z}), least = std::min<int>({p.x, p.y, p.z});
    saturated += most >= kSaturated ? 1 : 0;
    black += most <= kBlack ? 1 : 0;
    if (most > 0) saturation += static_cast<double>(most - least) / most;
  }
  const auto count = static_cast<double>(image.pixels.size());
  out.saturated_share = static_cast<double>(saturated) / count;
  out.black_share = static_cast<double>(black) / count;
  out.mean_saturation = saturation / count;
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

template <typename Values>
Moments moments(const Values& values) {
  Moments out;
  const auto count = static_cast<double>(values.size());
  for (const double v : values) out.mean += v / count;
  for (const double v : values) out.variance += (v - out.mean) * (v - out.mean) / count;
  return out;
}

// Calls at(x, y) for every pixel that has neighbours on all sides.
template <typename At>
void inside(const Plane& plane, const At& at) {
  for (int y = 1; y + 1 < plane.height_px; ++y) {
    for (int x = 1; x + 1 < plane.width_px; ++x) at(x, y);
  }
}

void add_differences(const Plane& p, ImageStatistics& out) {
  std::vector<double> laplacian, magnitude, horizontal;
  inside(p, [&](int x, int y) {
    const double dx = (p.at(x + 1, y) - p.at(x - 1, y)) / 2;
    const double dy = (p.at(x, y + 1) - p.at(x, y - 1)) / 2;
    laplacian.push_back(p.at(x - 1, y) + p.at(x + 1, y) + p.at(x, y - 1) + p.at(x, y + 1) -
                        4 * p.at(x, y));
    magnitude.push_back(std::hypot(dx, dy));
    horizontal.push_back(dx);
  });
  if (laplacian.empty()) return;
  out.laplacian_variance = moments(laplacian).variance;
  out.mean_gradient = moments(magnitude).mean;
  out.gradient_shape = gaussian_shape(horizontal);
}

std::optional<double> noise_of(const Plane& p) {
  std::vector<double> diagonal;
  for (int y = 0; y + 1 < p.height_px; y += 2) {
    for (int x = 0; x + 1 < p.width_px; x += 2) {
      diagonal.push_back(
          std::abs(p.at(x, y) - p.at(x + 1, y) - p.at(x, y + 1) + p.at(x + 1, y + 1)) / 2);
    }
  }
  if (diagonal.empty()) return std::nullopt;
  const auto middle = diagonal.begin() + static_cast<std::ptrdiff_t>(diagonal.size() / 2);
  std::nth_element(diagonal.begin(), middle, diagonal.end());
  return *middle / kNormalMedian;
}

}  // namespace

ImageStatistics image_statistics(const capture::Image<capture::Rgb8>& image) {
  ImageStatistics out;
  out.width_px = image.width_px;
  out.height_px = image.height_px;
  if (image.empty()) return out;
  add_channels(image, out);
  const Plane plane = luma(image);
  const Moments of_luma = moments(plane.pixels);
  out.mean_luma = of_luma.mean;
  out.luma_deviation = std::sqrt(of_luma.variance);
  out.spectrum_slope = amplitude_slope(plane);
  out.mscn_shape = gaussian_shape(mscn(plane));
  add_differences(plane, out);
  out.noise_deviation = noise_of(plane);
  return out;
}

}  // namespace oddroad::validate
