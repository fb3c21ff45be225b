// Where the points of a sweep would lie at one instant: the ego moves while the LiDAR turns.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "engine/math/affine.h"
#include "engine/world/timeline.h"

namespace oddroad::dataset {

// Takes points of a cloud, one by one, to the ego frame as it is at `target_ns`, each with the
// ego's pose of its own time. Things that move by themselves keep their shear. Instants outside the
// timeline count as its first and last.
class SweepMotion {
 public:
  // `cloud` outlives it.
  SweepMotion(const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
              const math::Pose& T_ego_lidar, const world::Actor& ego, std::int64_t target_ns);

  [[nodiscard]] math::Vec3d in_ego(std::size_t i) const {
    return at(clamped(sweep_stamp_ns_ + cloud_.time_offset_ns[i])) *
           math::Vec3d(cloud_.x_m[i], cloud_.y_m[i], cloud_.z_m[i]);
  }

 private:
  [[nodiscard]] std::int64_t clamped(std::int64_t t) const {
    return std::clamp<std::int64_t>(t, 0, last_ns_);
  }
  // T_target_lidar. Motion is linear between whole milliseconds.
  [[nodiscard]] math::Affine3d at(std::int64_t stamp_ns) const {
    const std::int64_t offset_ns = stamp_ns - first_ms_ * world::kMillisecondNs;
    const auto k = static_cast<std::size_t>(offset_ns / world::kMillisecondNs);
    const double u = static_cast<double>(offset_ns % world::kMillisecondNs) /
                     static_cast<double>(world::kMillisecondNs);
    return math::lerp(T_target_lidar_[k], T_target_lidar_[k + 1], u);
  }

  const capture::PointCloud& cloud_;
  std::int64_t sweep_stamp_ns_, last_ns_;
  std::int64_t first_ms_ = 0;
  std::vector<math::Affine3d> T_target_lidar_;  // at whole milliseconds from the first on
};

// All points of the cloud.
std::vector<math::Vec3d> points_in_ego_at(const capture::PointCloud& cloud,
                                          std::int64_t sweep_stamp_ns,
                                          const math::Pose& T_ego_lidar, const world::Actor& ego,
                                          std::int64_t target_ns);

}  // namespace oddroad::dataset
