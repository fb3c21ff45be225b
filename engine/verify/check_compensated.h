// Check `compensated`: the points of a sweep at its stamp (kind lidar_compensated).
#pragma once

#include <string>

#include "engine/verify/points.h"
#include "engine/verify/report.h"
#include "engine/verify/sweep.h"

namespace oddroad::verify {

void check_compensated(const Sweep& sweep, const Points& points, const std::string& file,
                       Report& report);

}  // namespace oddroad::verify
