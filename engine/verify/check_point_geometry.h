// Check `point_geometry` (kind lidar_geometry): true range, normal, incidence, velocity and material
// of every point, from the triangle that its own ray meets.
#pragma once

#include "engine/verify/check_points.h"

namespace oddroad::verify {

// `materials`: the clip's list. `hits`: of check_points; points without a hit are left out there.
void check_point_geometry(const Sweep& sweep, const Points& points, const PointHits& hits,
                          const std::vector<std::string>& materials, const std::string& file,
                          Report& report);

}  // namespace oddroad::verify
