// Detections of a radar as binary PCD v0.7, packed records of float32 unless noted:
//   x y z range azimuth elevation radial_velocity radial_velocity_compensated rcs_dbsm snr_db
//   time (int32, ns to the stamp) instance via (uint16) class cause scan (uint8)
//   true_range true_azimuth true_elevation true_radial_velocity true_rcs_dbsm true_snr_db
#pragma once

#include <string>
#include <vector>

#include "engine/capture/radar.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

std::string encode_radar_pcd(const std::vector<capture::RadarDetection>& detections);
// Errors: another header than ours, truncated or longer than the header says.
core::Result<std::vector<capture::RadarDetection>> decode_radar_pcd(const std::string& bytes,
                                                                    const std::string& file);

}  // namespace oddroad::dataset
