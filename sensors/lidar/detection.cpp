#include "sensors/lidar/detection.h"

#include <algorithm>
#include <cmath>

namespace oddroad::lidar {

double effective_reflectance(const asset::Material& material, double cos_incidence) {
  double rho = material.reflectance_905nm * cos_incidence;
  if (material.retro_905nm > 0) {
    const double incidence = std::acos(std::clamp(cos_incidence, 0.0, 1.0));
    const double lobe = incidence / 0.698;  // 40 degrees
    rho += material.retro_905nm * std::exp(-lobe * lobe);
  }
  return rho;
}

double signal_to_noise(const LidarModel& model, double effective_reflectance, double range_m) {
  const double at_threshold = 0.1 / (model.range_10_m * model.range_10_m);
  return kThresholdToNoise * effective_reflectance / (range_m * range_m) / at_threshold;
}

double detection_probability(double snr) {
  return 0.5 * std::erfc((kThresholdToNoise - snr) / std::sqrt(2.0));
}

double range_sigma_m(const LidarModel& model, double snr) {
  const double jitter = 0.09 / std::sqrt(2 * snr);
  return std::sqrt(model.noise_m * model.noise_m + jitter * jitter);
}

}  // namespace oddroad::lidar
