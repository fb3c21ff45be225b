#include "sensors/lidar/receiver.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/capture/tolerances.h"

namespace oddroad::lidar {
namespace {

constexpr double kLight_mps = 299792458;
constexpr double kSpecLux = 100'000;
constexpr double kNightRange = 1.15;

}  // namespace

double noise_in(double illuminance_lux) {
  // Signals fall with 1/R^2, so the noise by night is 1 / 1.15^2; the rest of the variance is
  // daylight's.
  const double night2 = std::pow(kNightRange, -4);
  return std::sqrt(night2 + (1 - night2) * illuminance_lux / kSpecLux);
}

double pulse_length_m(const LidarModel& model) {
  return 0.5 * kLight_mps * 1e-9 * model.optics.pulse_ns;
}

double cloud_reflectance(const LidarModel& model, double backscatter_per_m_sr) {
  return std::numbers::pi * backscatter_per_m_sr * pulse_length_m(model);
}

double detection_probability(double snr) {
  return 0.5 * std::erfc((kThresholdToNoise - snr) / std::sqrt(2.0));
}

double range_sigma_m(const LidarModel& model, double snr, double range_m) {
  if (model.noise_per_m > 0) return model.noise_m + model.noise_per_m * range_m;
  const double jitter = 0.09 / std::sqrt(2 * std::max(snr, 1.0));
  return std::sqrt(model.noise_m * model.noise_m + jitter * jitter);
}

double walk_m(double reflectance_cosine) {
  if (reflectance_cosine <= 10) return 0;
  return capture::kWalkM *
         std::clamp(std::log10(std::max(reflectance_cosine, 1e-9) / 10) / 2, 0.0, 1.0);
}

double written_intensity(const LidarModel& model, double reflectance_cosine) {
  const IntensityScale& scale = model.intensity;
  const double rho = std::max(reflectance_cosine, 0.0);
  const bool curved = rho < 1 && scale.exponent != 1;
  double code = (curved ? std::pow(rho, scale.exponent) : rho) * scale.diffuse_code;
  if (rho > 1 && scale.logarithmic_above) {
    const double over = std::log(rho) / std::log(scale.saturation_reflectance);
    code = scale.diffuse_code + (255 - scale.diffuse_code) * over;
  }
  return std::round(std::min(code, 255.0)) / 255;
}

}  // namespace oddroad::lidar
