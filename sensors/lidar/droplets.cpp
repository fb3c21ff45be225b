#include "sensors/lidar/droplets.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sensors/lidar/air.h"
#include "sensors/lidar/receiver.h"

namespace oddroad::lidar {
namespace {

constexpr double kFarthestM = 60;
constexpr double kStepM = 0.05;
// A drop's own place in its step may make it so much louder than at the step's middle: 1 / s^4 from
// 1 m on.
constexpr double kWithinStep = 1.25;

double layer_begin(int layer) {
  return std::ldexp(Droplets::kLeastSnr, 2 * layer);
}

}  // namespace

void Droplets::set(Airborne kind, double rate, const LidarModel& model, double extinction_per_m) {
  if (rate == rate_mm_per_h_ && extinction_per_m == extinction_per_m_) return;
  kind_ = kind;
  rate_mm_per_h_ = rate;
  extinction_per_m_ = extinction_per_m;
  scale_ = signal_to_noise(model, 1, 1);
  divergence_rad_ = std::sqrt(model.optics.divergence_h_rad * model.optics.divergence_v_rad);
  rows_.clear();
  mean_.clear();
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
  fill();
}

void Droplets::fill() {
  for (double s = Air::kOverlapEndM + 0.5 * kStepM; s < kFarthestM; s += kStepM) {
    Row row{whole_snr(s), 0};
    row.unit_mm = 1e3 * width_m(s) / widened_ / std::sqrt(row.whole_snr);
    if (least_mm(row, 0) >= largest_mm_) break;
    rows_.push_back(row);
  }
  if (rows_.empty()) return;
  layers_ = 1;
  while (layer_begin(layers_) < rows_.front().whole_snr) ++layers_;
  mean_.reserve(rows_.size() * static_cast<std::size_t>(layers_));
  const double none = std::exp(-falloff_per_mm_ * largest_mm_);
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    const double width = width_m(Air::kOverlapEndM + (static_cast<double>(k) + 0.5) * kStepM);
    const double all = per_m3_mm_ / falloff_per_mm_ * std::numbers::pi / 4 * width * width * kStepM;
    for (int layer = 0; layer < layers_; ++layer) {
      const double before = k == 0 ? 0 : mean(k - 1, layer);
      const double least = least_mm(rows_[k], layer);
      const bool any = least < largest_mm_;
      mean_.push_back(before + (any ? all * (std::exp(-falloff_per_mm_ * least) - none) : 0));
    }
  }
}

double Droplets::width_m(double s) const {
  return divergence_rad_ * s;
}

double Droplets::whole_snr(double s) const {
  return scale_ * reflectance_ * std::exp(-2 * extinction_per_m_ * s) / (s * s);
}

double Droplets::snr(double s, double diameter_mm) const {
  const double ratio = 1e-3 * widened_ * diameter_mm / width_m(s);
  return whole_snr(s) * std::min(ratio * ratio, 1.0);
}

double Droplets::least_mm(const Row& row, int layer) const {
  const double begin = layer_begin(layer);
  if (row.whole_snr < begin) return largest_mm_;
  return std::clamp(row.unit_mm * std::sqrt(begin), 0.05, largest_mm_);
}

int Droplets::lowest_layer(double snr) const {
  int layer = 0;
  while (layer + 1 < layers_ && kWithinStep * layer_begin(layer + 1) < snr) ++layer;
  const bool none = !empty() && snr > kWithinStep * rows_.front().whole_snr;
  return none ? layers_ : layer;
}

double Droplets::mean_before(double distance_m, int layer) const {
  if (empty() || layer >= layers_) return 0;
  const double steps = (distance_m - Air::kOverlapEndM) / kStepM;
  if (steps <= 0) return 0;
  const auto k = static_cast<std::size_t>(steps);
  if (k >= rows_.size()) return mean(rows_.size() - 1, layer);
  const double before = k == 0 ? 0 : mean(k - 1, layer);
  return before + (mean(k, layer) - before) * (steps - static_cast<double>(k));
}

DropEcho Droplets::drop_at(int layer, double drops, double u) const {
  // The first row before whose end there are more.
  std::size_t k = 0;
  for (std::size_t end = rows_.size() - 1; k < end;) {
    const std::size_t middle = (k + end) / 2;
    if (mean_alone(middle, layer) > drops) {
      end = middle;
    } else {
      k = middle + 1;
    }
  }
  const double before = k == 0 ? 0 : mean_alone(k - 1, layer);
  const double within = mean_alone(k, layer) - before;
  const double share = within > 0 ? std::clamp((drops - before) / within, 0.0, 1.0) : 0.5;
  const double s = Air::kOverlapEndM + (static_cast<double>(k) + share) * kStepM;
  // Exponential from the least of the layer to its largest.
  const double least = least_mm(rows_[k], layer);
  const double most = layer + 1 < layers_ ? least_mm(rows_[k], layer + 1) : largest_mm_;
  const double tail = std::exp(-falloff_per_mm_ * (most - least));
  return {s, snr(s, least - std::log(1 - u * (1 - tail)) / falloff_per_mm_)};
}

}  // namespace oddroad::lidar
