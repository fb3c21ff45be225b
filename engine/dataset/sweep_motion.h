// Where the points of a sweep would lie at one instant: the ego moves while the LiDAR turns.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "engine/math/affine.h"
#include "engine/world/timeline.h"

namespace oddroad::dataset {

// The points of a cloud, each taken to the ego as it is at `target_ns` with the ego's pose of its
// own time, in the frame of `T_ego_out`. Things that move by themselves keep their shear. Instants
// outside the timeline count as its first and last.
std::vector<math::Vec3f> points_at(std::int64_t target_ns, const math::Pose& T_ego_out,
                                   const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
                                   const math::Pose& T_ego_lidar, const world::Actor& ego);

}  // namespace oddroad::dataset
