#include "engine/validate/mscn.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::validate {
namespace {

constexpr int kReach_px = 3;
constexpr int kWindow_px = 2 * kReach_px + 1;

std::array<double, kWindow_px> gaussian() {
  std::array<double, kWindow_px> out{};
  double sum = 0;
  for (int i = 0; i < kWindow_px; ++i) {
    const double x = (i - kReach_px) / (7.0 / 6.0);
    sum += out[i] = std::exp(-0.5 * x * x);
  }
  for (double& w : out) w /= sum;
  return out;
}

// Weighted mean under the window; smaller than the plane by the window less one, both ways.
Plane blurred(const Plane& plane) {
  static const std::array<double, kWindow_px> weight = gaussian();
  Plane rows(plane.width_px - 2 * kReach_px, plane.height_px);
  for (int y = 0; y < rows.height_px; ++y) {
    for (int x = 0; x < rows.width_px; ++x) {
      for (int k = 0; k < kWindow_px; ++k) rows.at(x, y) += weight[k] * plane.at(x + k, y);
    }
  }
  Plane out(rows.width_px, plane.height_px - 2 * kReach_px);
  for (int y = 0; y < out.height_px; ++y) {
    for (int k = 0; k < kWindow_px; ++k) {
      for (int x = 0; x < out.width_px; ++x) out.at(x, y) += weight[k] * rows.at(x, y + k);
    }
  }
  return out;
}

// Variance over squared mean magnitude of a generalised Gaussian; falls as the shape grows.
double ratio_of(double shape) {
  return std::exp(std::lgamma(1 / shape) + std::lgamma(3 / shape) - 2 * std::lgamma(2 / shape));
}

}  // namespace

std::vector<double> mscn(const Plane& plane) {
  std::vector<double> out;
  if (std::min(plane.width_px, plane.height_px) < kWindow_px) return out;
  Plane squares = plane;
  for (double& v : squares.pixels) v *= v;
  const Plane mean = blurred(plane), mean_square = blurred(squares);
  out.reserve(mean.pixels.size());
  for (int y = 0; y < mean.height_px; ++y) {
    for (int x = 0; x < mean.width_px; ++x) {
      const double mu = mean.at(x, y);
      const double deviation = std::sqrt(std::max(0.0, mean_square.at(x, y) - mu * mu));
      out.push_back((plane.at(x + kReach_px, y + kReach_px) - mu) / (deviation + 1));
    }
  }
  return out;
}

std::optional<double> gaussian_shape(const std::vector<double>& values) {
  double magnitude = 0, square = 0;
  for (const double v : values) {
    magnitude += std::abs(v);
    square += v * v;
  }
  const auto count = static_cast<double>(values.size());
  // Rounding errors of a constant picture are no contrast.
  if (values.empty() || square / count < 1e-18) return std::nullopt;
  const double wanted = (square / count) / ((magnitude / count) * (magnitude / count));
  double lower = 0.2, upper = 10;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (lower + upper);
    (ratio_of(middle) > wanted ? lower : upper) = middle;
  }
  return 0.5 * (lower + upper);
}

}  // namespace oddroad::validate
