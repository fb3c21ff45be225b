#include "sensors/radar/signal.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::radar {

double from_db(double db) {
  return std::pow(10, db / 10);
}
double to_db(double ratio) {
  return 10 * std::log10(std::max(ratio, 1e-30));
}

double pattern_db(const capture::RadarScan& scan, double azimuth_rad, double elevation_rad) {
  const double az = std::abs(azimuth_rad);
  const auto& p = scan.pattern;
  double gain = p.back()[1];
  if (az <= p.front()[0]) {
    gain = p.front()[1];
  } else {
    for (std::size_t k = 1; k < p.size(); ++k) {
      if (az > p[k][0]) continue;
      const double u = (az - p[k - 1][0]) / (p[k][0] - p[k - 1][0]);
      gain = p[k - 1][1] + u * (p[k][1] - p[k - 1][1]);
      break;
    }
  }
  const double el = elevation_rad / scan.elevation_3db_rad;
  return gain - 3 * el * el;
}

namespace {

double at_unit_rcs(const capture::RadarScan& scan, double range_m, double azimuth_rad,
                   double elevation_rad) {
  const double near = scan.reference_range_m / range_m;
  return from_db(scan.reference_snr_db - scan.reference_rcs_dbsm +
                 pattern_db(scan, azimuth_rad, elevation_rad)) *
         near * near * near * near;
}

}  // namespace

double signal_to_noise(const capture::RadarScan& scan, double rcs_m2, double range_m,
                       double azimuth_rad, double elevation_rad, double attenuation_db_per_m) {
  return rcs_m2 * at_unit_rcs(scan, range_m, azimuth_rad, elevation_rad) *
         from_db(-2 * attenuation_db_per_m * range_m);
}

double rcs_of_signal_m2(const capture::RadarScan& scan, double snr, double range_m,
                        double azimuth_rad, double elevation_rad) {
  return snr / at_unit_rcs(scan, range_m, azimuth_rad, elevation_rad);
}

double rain_attenuation_db_per_m(double rain_mm_per_h, double frequency_hz) {
  if (rain_mm_per_h <= 0) return 0;
  const double u = std::log(frequency_hz / 70e9) / std::log(80.0 / 70);
  const double k = std::exp(std::log(1.0315) * (1 - u) + std::log(1.1704) * u);
  const double a = 0.7345 * (1 - u) + 0.7115 * u;
  return 1e-3 * k * std::pow(rain_mm_per_h, a);
}

double threshold(double false_alarm) {
  return -std::log(false_alarm);
}

double detection_probability(double snr, double false_alarm) {
  return std::pow(false_alarm, 1 / (1 + snr));
}

double deviation(double resolution, double snr, double floor) {
  return std::max(floor, resolution / std::sqrt(2 * snr));
}

double azimuth_floor_rad(const capture::RadarScan& scan, double azimuth_rad) {
  const double u = std::abs(azimuth_rad) / (std::numbers::pi / 4);
  return scan.azimuth_floor_rad + u * (scan.azimuth_floor_45_rad - scan.azimuth_floor_rad);
}

double folded(const capture::RadarScan& scan, double velocity_mps) {
  const double span = scan.velocity_max_mps - scan.velocity_min_mps;
  return velocity_mps - span * std::floor((velocity_mps - scan.velocity_min_mps) / span);
}

}  // namespace oddroad::radar
