// Checks `point_rays`, `point_ids`, `point_classes`, `point_ranges`, and of kind lidar_geometry
// `point_geometry`: every point of a sweep by an own ray of its beam at its own time.
#pragma once

#include <vector>

#include "engine/verify/points.h"
#include "engine/verify/report.h"
#include "engine/verify/sweep.h"

namespace oddroad::verify {

// What each point's ray meets, by own rays; empty where it meets nothing.
using PointHits = std::vector<std::optional<Hit>>;

PointHits check_points(const Sweep& sweep, const Points& points, const std::string& file,
                       Report& report);

}  // namespace oddroad::verify
