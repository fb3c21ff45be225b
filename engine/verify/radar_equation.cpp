#include "engine/verify/radar_equation.h"

#include <cmath>

namespace oddroad::verify {

using capture::RadarScan;

namespace {

double gain_db(const RadarScan& s, double azimuth, double elevation) {
  const double a = std::abs(azimuth);
  double gain = s.pattern.back()[1];
  for (std::size_t k = s.pattern.size(); k-- > 0;) {
    if (a > s.pattern[k][0]) break;
    gain = s.pattern[k][1];
    if (k == 0 || a <= s.pattern[k - 1][0]) continue;
    const auto &p = s.pattern[k - 1], &q = s.pattern[k];
    gain = p[1] + (q[1] - p[1]) * (a - p[0]) / (q[0] - p[0]);
  }
  return gain - 3 * std::pow(elevation / s.elevation_3db_rad, 2);
}

}  // namespace

double signal_db(const RadarScan& s, double rcs_dbsm, double range, double azimuth,
                 double elevation) {
  return s.reference_snr_db + rcs_dbsm - s.reference_rcs_dbsm +
         40 * std::log10(s.reference_range_m / range) + gain_db(s, azimuth, elevation);
}

double rain_db_per_m(double rain, double frequency) {
  if (!(rain > 0)) return 0;
  const double u = (std::log(frequency) - std::log(70e9)) / (std::log(80e9) - std::log(70e9));
  const double a = 0.7345 + u * (0.7115 - 0.7345);
  return 1e-3 * 1.0315 * std::pow(1.1704 / 1.0315, u) * std::pow(rain, a);
}

}  // namespace oddroad::verify
