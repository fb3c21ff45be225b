// Where the points of a sweep would lie at one instant: the ego moves while the LiDAR turns.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "engine/math/affine.h"
#include "engine/world/timeline.h"

namespace oddroad::dataset {

// All points of the cloud in the ego frame as it is at `target_ns`, each moved with the ego's pose
// of its own time. Things that move by themselves keep their shear. Instants outside the timeline
// count as its first and last.
std::vector<math::Vec3d> points_in_ego_at(const capture::PointCloud& cloud,
                                          std::int64_t sweep_stamp_ns,
                                          const math::Pose& T_ego_lidar, const world::Actor& ego,
                                          std::int64_t target_ns);

}  // namespace oddroad::dataset
