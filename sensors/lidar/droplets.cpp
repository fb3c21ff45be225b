#include "sensors/lidar/droplets.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "sensors/lidar/air.h"
#include "sensors/lidar/receiver.h"

namespace oddroad::lidar {
namespace {

constexpr double kFarthestM = 60;
constexpr double kNever = std::numeric_limits<double>::infinity();

}  // namespace

Droplets::Droplets(Airborne kind, double rate, const LidarModel& model, double extinction_per_m)
    : kind_(kind),
      extinction_per_m_(extinction_per_m),
      scale_(signal_to_noise(model, 1, 1)),
      divergence_rad_(std::sqrt(model.optics.divergence_h_rad * model.optics.divergence_v_rad)) {
  if (rate <= 0) return;
  if (kind == Airborne::kRain) {
    per_m3_mm_ = 8000;
    falloff_per_mm_ = 4.1 * std::pow(rate, -0.21);
  } else {
    per_m3_mm_ = 7600 * std::pow(rate, -0.87);
    falloff_per_mm_ = 2.55 * std::pow(rate, -0.48);
    largest_mm_ = 8;
    widened_ = 2.15;
    reflectance_ = 0.9;
  }
  double mean = 0;
  for (double s = Air::kOverlapEndM; s < kFarthestM; s += step_m_) {
    const double middle = s + 0.5 * step_m_;
    const double least = least_mm(middle);
    if (least < largest_mm_) {
      const double heard =
          per_m3_mm_ / falloff_per_mm_ *
          (std::exp(-falloff_per_mm_ * least) - std::exp(-falloff_per_mm_ * largest_mm_));
      const double width = width_m(middle);
      mean += heard * std::numbers::pi / 4 * width * width * step_m_;
    }
    mean_.push_back(mean);
    if (least >= largest_mm_) break;
  }
}

double Droplets::width_m(double s) const {
  return divergence_rad_ * s;
}

double Droplets::snr(double s, double diameter_mm) const {
  const double ratio = 1e-3 * widened_ * diameter_mm / width_m(s);
  return scale_ * reflectance_ * std::min(ratio * ratio, 1.0) *
         std::exp(-2 * extinction_per_m_ * s) / (s * s);
}

double Droplets::least_mm(double s) const {
  const double whole = scale_ * reflectance_ * std::exp(-2 * extinction_per_m_ * s) / (s * s);
  if (whole < kLeastSnr) return kNever;
  return std::max(1e3 * width_m(s) / widened_ * std::sqrt(kLeastSnr / whole), 0.05);
}

double Droplets::mean_before(double distance_m) const {
  if (empty()) return 0;
  const double steps = (distance_m - Air::kOverlapEndM) / step_m_;
  if (steps <= 0) return 0;
  const auto k = static_cast<std::size_t>(steps);
  if (k >= mean_.size()) return mean_.back();
  const double before = k == 0 ? 0 : mean_[k - 1];
  return before + (mean_[k] - before) * (steps - static_cast<double>(k));
}

DropEcho Droplets::drop_at(double mean, double u) const {
  if (empty() || mean >= mean_.back()) return {kNever, 0};
  const auto it = std::upper_bound(mean_.begin(), mean_.end(), mean);
  const auto k = static_cast<std::size_t>(it - mean_.begin());
  const double before = k == 0 ? 0 : mean_[k - 1];
  const double share = (mean - before) / (mean_[k] - before);
  const double s = Air::kOverlapEndM + (static_cast<double>(k) + share) * step_m_;
  // Exponential from the least that is heard to the largest there is.
  const double least =
      std::min(least_mm(Air::kOverlapEndM + (static_cast<double>(k) + 0.5) * step_m_), largest_mm_);
  const double tail = std::exp(-falloff_per_mm_ * (largest_mm_ - least));
  const double diameter = least - std::log(1 - u * (1 - tail)) / falloff_per_mm_;
  return {s, snr(s, diameter)};
}

}  // namespace oddroad::lidar
