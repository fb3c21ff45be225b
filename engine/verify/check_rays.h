// Check `ray_ends` of kind lidar_rays: what is said to have become of each shot of a sweep.
#pragma once

#include <filesystem>

#include "engine/verify/points.h"
#include "engine/verify/report.h"
#include "engine/verify/sweep.h"

namespace oddroad::verify {

// `path`: the array of the sweep; `file` names it in the report.
void check_rays(const Sweep& sweep, const Points& points, const std::filesystem::path& path,
                const std::string& file, Report& report);

}  // namespace oddroad::verify
