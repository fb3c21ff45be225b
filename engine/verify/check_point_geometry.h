// Check `point_geometry`: true range, normal, incidence, velocity and material of every point (kind
// lidar_geometry).
#pragma once

#include "engine/verify/check_points.h"
#include "engine/verify/clip_context.h"
#include "engine/verify/points.h"
#include "engine/verify/report.h"
#include "engine/verify/sweep.h"

namespace oddroad::verify {

void check_point_geometry(const ClipContext& context, const Sweep& sweep, const Points& points,
                          const PointHits& hits, const std::string& file, Report& report);

}  // namespace oddroad::verify
