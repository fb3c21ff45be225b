// Beams of LiDAR models that a clip names only: from assets/lidar under the roots. For clips of
// before calibration.json held them.
#pragma once

#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/verify/records.h"

namespace oddroad::verify {

// Fills times, limits and beams. The rate is the model's own. Errors: no such model, a table that
// cannot be read.
core::Result<void> add_library_beams(LidarRecord& lidar, const core::SearchRoots& roots);

}  // namespace oddroad::verify
