#include "engine/dataset/sweep_motion.h"

#include <algorithm>

namespace oddroad::dataset {
namespace {

std::int64_t last_ns(const world::Actor& ego) {
  return (static_cast<std::int64_t>(ego.states.size()) - 1) * world::kStepNs;
}

// T_target_lidar over a sweep. Motion is linear between whole milliseconds, so the poses there are
// all that is needed.
class SweepMotion {
 public:
  SweepMotion(const world::Actor& ego, const math::Affine3d& T_target_world,
              const math::Pose& T_ego_lidar, std::int64_t begin_ns, std::int64_t end_ns)
      : first_ms_(begin_ns / world::kMillisecondNs) {
    const std::int64_t last_state_ms = last_ns(ego) / world::kMillisecondNs;
    for (auto ms = first_ms_; ms <= end_ns / world::kMillisecondNs + 1; ++ms) {
      T_target_lidar_.push_back(T_target_world *
                                world::pose_at_millisecond(ego, std::min(ms, last_state_ms)) *
                                to_affine(T_ego_lidar));
    }
  }

  [[nodiscard]] math::Affine3d at(std::int64_t stamp_ns) const {
    const std::int64_t offset_ns = stamp_ns - first_ms_ * world::kMillisecondNs;
    const auto k = static_cast<std::size_t>(offset_ns / world::kMillisecondNs);
    const double u = static_cast<double>(offset_ns % world::kMillisecondNs) /
                     static_cast<double>(world::kMillisecondNs);
    return math::lerp(T_target_lidar_[k], T_target_lidar_[k + 1], u);
  }

 private:
  std::int64_t first_ms_;
  std::vector<math::Affine3d> T_target_lidar_;
};

}  // namespace

std::vector<math::Vec3d> points_in_ego_at(const capture::PointCloud& cloud,
                                          std::int64_t sweep_stamp_ns,
                                          const math::Pose& T_ego_lidar, const world::Actor& ego,
                                          std::int64_t target_ns) {
  std::vector<math::Vec3d> points;
  if (cloud.size() == 0) return points;
  const auto clamp_ns = [&](std::int64_t t) {
    return std::clamp<std::int64_t>(t, 0, last_ns(ego));
  };
  const auto [early, late] =
      std::minmax_element(cloud.time_offset_ns.begin(), cloud.time_offset_ns.end());
  const SweepMotion motion(ego, world::pose_at(ego, clamp_ns(target_ns)).inverse(), T_ego_lidar,
                           clamp_ns(sweep_stamp_ns + *early), clamp_ns(sweep_stamp_ns + *late));
  points.reserve(cloud.size());
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    points.push_back(motion.at(clamp_ns(sweep_stamp_ns + cloud.time_offset_ns[i])) *
                     math::Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]));
  }
  return points;
}

}  // namespace oddroad::dataset
