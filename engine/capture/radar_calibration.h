// Radars as written to calibration.json. SI and radians; levels in dB where a name says so.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::capture {

// One of a device's interleaved scans.
struct RadarScan {
  std::string name;
  std::int64_t offset_ns = 0;  // of its instant from the stamp
  double azimuth_max_rad = 0, elevation_max_rad = 0;
  double range_min_m = 0, range_max_m = 0;
  std::vector<std::array<double, 2>> pattern;  // (azimuth rad >= 0, two-way gain dB), ascending
  double elevation_3db_rad = 0;
  double range_resolution_m = 0, azimuth_resolution_rad = 0, velocity_resolution_mps = 0;
  double elevation_resolution_rad = 0;  // 0: elevation is not measured
  double velocity_min_mps = 0, velocity_max_mps = 0;
  double range_floor_m = 0, azimuth_floor_rad = 0, azimuth_floor_45_rad = 0;
  double elevation_floor_rad = 0, velocity_floor_mps = 0;
  double reference_rcs_dbsm = 0, reference_snr_db = 0, reference_range_m = 0;
  bool operator==(const RadarScan&) const = default;
};

struct RadarCalibration {
  std::string name, model;
  math::Pose T_ego_radar;
  std::int64_t period_ns = 0;
  double frequency_hz = 0;
  double false_alarm = 0;
  bool noise = true, fluctuation = true, clutter = true, multipath = true, weather = true;
  std::vector<RadarScan> scans;
  bool operator==(const RadarCalibration&) const = default;
};

}  // namespace oddroad::capture
