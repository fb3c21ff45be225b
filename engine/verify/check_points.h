// Checks `point_rays`, `point_causes`, `point_ids`, `point_classes`, `point_ranges`: every point of
// a sweep by own rays of its beam at its own time, as its cause says it came about.
#pragma once

#include <vector>

#include "engine/verify/points.h"
#include "engine/verify/report.h"
#include "engine/verify/sweep.h"

namespace oddroad::verify {

// The surface behind a point (causes target and mixed) and the own ray that ends there; empty where
// there is none, or none was found.
struct PointHit : Hit {
  Ray ray;
};
using PointHits = std::vector<std::optional<PointHit>>;

PointHits check_points(const Sweep& sweep, const Points& points, const std::string& file,
                       Report& report);

}  // namespace oddroad::verify
