// Checks `point_counts` (returns_by_id, points_in_box) and `box_against_points`: what beams strike
// on the body of a rigid thing lies in its box.
#pragma once

#include "engine/verify/check_points.h"
#include "engine/verify/points.h"
#include "engine/verify/records.h"
#include "engine/verify/report.h"
#include "engine/verify/sweep.h"

namespace oddroad::verify {

void check_point_counts(const Sweep& sweep, const Points& points, const PointHits& hits,
                        const FrameRecord& frame, Report& report);

// A camera frame carries the sums of all sweeps with its stamp.
void check_shared_counts(const std::vector<const FrameRecord*>& sweeps, const FrameRecord& frame,
                         Report& report);

}  // namespace oddroad::verify
