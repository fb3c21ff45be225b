// Point clouds as binary PCD v0.7, as Open3D and PCL read it: packed records of
//   x y z range intensity (float32) ring column (uint16) echo (uint8)
//   time (int32, ns to the sweep's stamp) instance (uint16) class cause (uint8)
// and, where the cloud has them, compensated_x y z (float32), and true_range normal_x y z incidence
// velocity_x y z (float32) material (uint16).
#pragma once

#include <string>

#include "engine/capture/point_cloud.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

std::string encode_pcd(const capture::PointCloud& cloud);
// What is not in the file stays empty.
// Errors: another header than ours, truncated or longer than the header says.
core::Result<capture::PointCloud> decode_pcd(const std::string& bytes, const std::string& file);

}  // namespace oddroad::dataset
