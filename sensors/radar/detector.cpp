#include "sensors/radar/detector.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "sensors/radar/signal.h"

namespace oddroad::radar {

using capture::RadarDetection;
using math::Vec3d;

namespace {

enum class Draw : std::uint32_t { kPower, kRange, kAzimuth, kElevation, kVelocity };

// Uniform numbers of one cell.
class Dice {
 public:
  Dice(std::uint64_t key, std::size_t scan, const Scatterer& s, const CellIndex& cell)
      : key_(core::hash64(
            static_cast<std::uint64_t>(scan) | static_cast<std::uint64_t>(s.instance) << 8 |
                static_cast<std::uint64_t>(s.via) << 24 | static_cast<std::uint64_t>(s.cause) << 40,
            key)),
        cell_(cell) {}
  [[nodiscard]] double uniform(Draw what) const {
    const auto bits = core::philox4x32_10(
        {static_cast<std::uint32_t>(what) | static_cast<std::uint32_t>(cell_.elevation + 512) << 8,
         static_cast<std::uint32_t>(cell_.range), static_cast<std::uint32_t>(cell_.azimuth),
         static_cast<std::uint32_t>(cell_.velocity)},
        {static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)});
    return core::unit_from_bits64(bits[0], bits[1]);
  }
  [[nodiscard]] double normal(Draw what) const { return core::inverse_normal_cdf(uniform(what)); }

 private:
  std::uint64_t key_;
  CellIndex cell_;
};

// The unit vector of measured angles, radar frame.
Vec3d toward(double azimuth, double elevation) {
  const double c = std::cos(elevation);
  return {c * std::cos(azimuth), c * std::sin(azimuth), std::sin(elevation)};
}

// What the device makes of measured numbers.
void finish(const Scan& scan, double range, double azimuth, double elevation, double velocity,
            double power, const Vec3d& radar_velocity, RadarDetection& d) {
  const Vec3d n = toward(azimuth, elevation);
  d.x_m = static_cast<float>(range * n.x);
  d.y_m = static_cast<float>(range * n.y);
  d.z_m = static_cast<float>(range * n.z);
  d.range_m = static_cast<float>(range);
  d.azimuth_rad = static_cast<float>(azimuth);
  d.elevation_rad = static_cast<float>(elevation);
  const double v = folded(scan, velocity);
  d.velocity_mps = static_cast<float>(v);
  d.velocity_compensated_mps = static_cast<float>(v + glm::dot(n, radar_velocity));
  d.snr_db = static_cast<float>(to_db(power));
  d.rcs_dbsm = static_cast<float>(to_db(rcs_of_signal_m2(scan, power, range, azimuth, elevation)));
  d.time_offset_ns = static_cast<std::int32_t>(scan.offset_ns);
}

}  // namespace

std::vector<RadarDetection> detect(const RadarSettings& settings, std::size_t scan_index,
                                   const std::vector<Cell>& cells, const Vec3d& radar_velocity_mps,
                                   std::uint64_t key) {
  const Scan& scan = settings.model.scans[scan_index];
  const double limit = threshold(settings.model.false_alarm);
  std::vector<RadarDetection> out;
  for (const Cell& cell : cells) {
    const Scatterer& s = cell.strongest;
    const Dice dice(key, scan_index, s, index_of(scan, s));
    double power = 1 + cell.snr;
    if (settings.fluctuation) power *= -std::log(dice.uniform(Draw::kPower));
    if (power <= limit * cell.level) continue;
    power -= 1;
    double range = s.range_m, azimuth = s.azimuth_rad, velocity = s.velocity_mps;
    const bool elevates = scan.elevation_resolution_rad > 0;
    double elevation = elevates ? s.elevation_rad : 0;
    if (settings.noise) {
      range +=
          dice.normal(Draw::kRange) * deviation(scan.range_resolution_m, power, scan.range_floor_m);
      const double beam = scan.azimuth_resolution_rad / std::cos(s.azimuth_rad);
      azimuth += dice.normal(Draw::kAzimuth) *
                 deviation(beam, power, azimuth_floor_rad(scan, s.azimuth_rad));
      velocity += dice.normal(Draw::kVelocity) *
                  deviation(scan.velocity_resolution_mps, power, scan.velocity_floor_mps);
      if (elevates) {
        elevation += dice.normal(Draw::kElevation) *
                     deviation(scan.elevation_resolution_rad, power, scan.elevation_floor_rad);
      }
      range = std::max(range, 0.0);
    }
    RadarDetection d;
    d.scan = static_cast<std::uint8_t>(scan_index);
    finish(scan, range, azimuth, elevation, velocity, power, radar_velocity_mps, d);
    d.instance = s.instance;
    d.via = s.via;
    d.class_id = s.class_id;
    d.cause = static_cast<std::uint8_t>(s.cause);
    d.true_range_m = static_cast<float>(s.range_m);
    d.true_azimuth_rad = static_cast<float>(s.azimuth_rad);
    d.true_elevation_rad = static_cast<float>(s.elevation_rad);
    d.true_velocity_mps = static_cast<float>(s.velocity_mps);
    d.true_rcs_dbsm = static_cast<float>(to_db(cell.rcs_m2 * s.loss));
    d.true_snr_db = static_cast<float>(to_db(cell.snr));
    out.push_back(d);
  }
  return out;
}

std::vector<RadarDetection> false_alarms(const RadarSettings& settings, std::size_t scan_index,
                                         const Vec3d& radar_velocity_mps, std::uint64_t key) {
  const Scan& scan = settings.model.scans[scan_index];
  const double span = scan.velocity_max_mps - scan.velocity_min_mps;
  const double widest = std::sin(scan.azimuth_max_rad);
  double cells = (scan.range_max_m - scan.range_min_m) / scan.range_resolution_m * 2 * widest /
                 scan.azimuth_resolution_rad * span / scan.velocity_resolution_mps;
  if (scan.elevation_resolution_rad > 0) {
    cells *= 2 * std::sin(scan.elevation_max_rad) / scan.elevation_resolution_rad;
  }
  core::RandomStream stream(core::hash64(scan_index, key), "false_alarms");
  // Knuth: as many as uniform numbers whose product stays above e^-mean.
  const double mean = settings.model.false_alarm * cells;
  int count = 0;
  for (double left = stream.uniform(); left > std::exp(-mean); left *= stream.uniform()) ++count;
  std::vector<RadarDetection> out;
  for (int k = 0; k < count; ++k) {
    const double range = stream.uniform(scan.range_min_m, scan.range_max_m);
    const double azimuth = std::asin(stream.uniform(-widest, widest));
    const double velocity = stream.uniform(scan.velocity_min_mps, scan.velocity_max_mps);
    const double height = std::sin(scan.elevation_max_rad) * stream.uniform(-1, 1);
    const double elevation = scan.elevation_resolution_rad > 0 ? std::asin(height) : 0;
    const double power = threshold(settings.model.false_alarm) - std::log(stream.uniform()) - 1;
    RadarDetection d;
    d.scan = static_cast<std::uint8_t>(scan_index);
    d.cause = static_cast<std::uint8_t>(capture::RadarCause::kFalseAlarm);
    finish(scan, range, azimuth, elevation, velocity, power, radar_velocity_mps, d);
    out.push_back(d);
  }
  return out;
}

}  // namespace oddroad::radar
