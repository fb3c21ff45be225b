// The detections of a radar as recorded.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/core/result.h"
#include "engine/math/affine.h"

namespace oddroad::verify {

struct RadarPoint {
  math::Vec3d position_m{0};
  double range_m = 0, azimuth_rad = 0, elevation_rad = 0;
  double velocity_mps = 0, compensated_mps = 0;
  double rcs_dbsm = 0, snr_db = 0;
  std::int64_t time_ns = 0;
  std::uint16_t instance = 0, via = 0;
  int class_id = 0, cause = 0, scan = 0;
  double true_range_m = 0, true_azimuth_rad = 0, true_elevation_rad = 0, true_velocity_mps = 0;
  double true_rcs_dbsm = 0, true_snr_db = 0;
};

// Errors: unreadable, a field missing.
core::Result<std::vector<RadarPoint>> read_radar(const std::filesystem::path& path);

}  // namespace oddroad::verify
