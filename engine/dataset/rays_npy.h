// What became of each shot of a sweep, as a NumPy array of records: <lidar>/<tick>.rays.npy.
#pragma once

#include <string>

#include "engine/capture/point_cloud.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

// Fields ring u2, column u2, time i4 (ns from the stamp), end u1, returns u1, range f4 (m).
std::string encode_rays(const capture::LidarRays& rays);
// Errors: not such an array, cut short.
core::Result<capture::LidarRays> decode_rays(const std::string& bytes, const std::string& file);

}  // namespace oddroad::dataset
