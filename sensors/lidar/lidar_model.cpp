#include "sensors/lidar/lidar_model.h"

#include <algorithm>
#include <cmath>

#include "engine/core/quantity.h"

namespace oddroad::lidar {

std::vector<std::string> return_mode_names() {
  return {"strongest", "last", "first", "dual"};
}

std::optional<ReturnMode> return_mode(const std::string& name) {
  const auto names = return_mode_names();
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) return std::nullopt;
  return static_cast<ReturnMode>(it - names.begin());
}

bool LidarRates::contains(double rate_hz) const {
  if (only_hz.empty()) return rate_hz >= lowest_hz && rate_hz <= highest_hz;
  return std::find(only_hz.begin(), only_hz.end(), rate_hz) != only_hz.end();
}

std::string to_string(const LidarRates& rates) {
  if (rates.only_hz.empty()) {
    return core::format_quantity(rates.lowest_hz, core::kNumber) + " to " +
           core::format_quantity(rates.highest_hz, core::kRate);
  }
  std::string out;
  for (std::size_t k = 0; k < rates.only_hz.size(); ++k) {
    if (k > 0) out += k + 1 < rates.only_hz.size() ? ", " : " or ";
    out += core::format_quantity(rates.only_hz[k], core::kNumber);
  }
  return out + " Hz";
}

std::int64_t LidarModel::sweep_ns() const {
  return std::llround(1e9 / rate_hz);
}

capture::LidarScan LidarModel::scan() const {
  capture::LidarScan out;
  out.sweep_ns = sweep_ns();
  out.states = states;
  out.turn_rad = turn_rad;
  out.start_azimuth_rad = turn_rad / 2;
  out.rotors = rotors;
  std::int64_t steps = columns;
  if (cycle_ns > 0) steps = out.sweep_ns / cycle_ns;
  if (columns_per_s > 0) steps = std::llround(columns_per_s / rate_hz);
  if (steps == 0) return out;
  const std::int64_t steps_ns = cycle_ns > 0 ? steps * cycle_ns : out.sweep_ns;
  const double share = turn_rad > 0 ? std::min(field_rad / turn_rad, 1.0) : 1;
  std::int64_t fired = std::llround(static_cast<double>(steps) * share);
  fired -= fired % states;
  const std::int64_t first = (steps - fired) / 2;
  out.begin_ns = first * steps_ns / steps;
  out.columns = static_cast<std::uint32_t>(fired);
  out.columns_ns = fired * steps_ns / steps;
  return out;
}

std::optional<std::string> timing_problem(const LidarModel& model) {
  const capture::LidarScan scan = model.scan();
  if (scan.columns == 0) return "no column fits into a sweep";
  const std::int64_t column_ns = scan.columns_ns / scan.columns;
  for (const Beam& beam : model.beams) {
    if (beam.fire_time_ns <= column_ns) continue;
    return "a laser fires " + std::to_string(beam.fire_time_ns) +
           " ns after its column has begun, the next column begins after " +
           std::to_string(column_ns) + " ns";
  }
  constexpr std::uint32_t kMostColumns = 65'536;  // points tell theirs in 16 bits
  if (scan.columns > kMostColumns) {
    return "more than " + std::to_string(kMostColumns) + " columns in a sweep";
  }
  constexpr std::size_t kMost = 4'000'000;
  if (scan.columns / scan.states * model.beams.size() > kMost) {
    return "more than " + std::to_string(kMost) + " shots in a sweep";
  }
  return std::nullopt;
}

}  // namespace oddroad::lidar
