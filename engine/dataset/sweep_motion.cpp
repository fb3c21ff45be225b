#include "engine/dataset/sweep_motion.h"

namespace oddroad::dataset {

SweepMotion::SweepMotion(const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
                         const math::Pose& T_ego_lidar, const world::Actor& ego,
                         std::int64_t target_ns)
    : cloud_(cloud),
      sweep_stamp_ns_(sweep_stamp_ns),
      last_ns_((static_cast<std::int64_t>(ego.states.size()) - 1) * world::kStepNs) {
  if (cloud.size() == 0) return;
  const auto [early, late] =
      std::minmax_element(cloud.time_offset_ns.begin(), cloud.time_offset_ns.end());
  const math::Affine3d T_target_world = world::pose_at(ego, clamped(target_ns)).inverse();
  const std::int64_t last_state_ms = last_ns_ / world::kMillisecondNs;
  const std::int64_t end_ms = clamped(sweep_stamp_ns + *late) / world::kMillisecondNs + 1;
  first_ms_ = clamped(sweep_stamp_ns + *early) / world::kMillisecondNs;
  for (auto ms = first_ms_; ms <= end_ms; ++ms) {
    T_target_lidar_.push_back(T_target_world *
                              world::pose_at_millisecond(ego, std::min(ms, last_state_ms)) *
                              to_affine(T_ego_lidar));
  }
}

std::vector<math::Vec3d> points_in_ego_at(const capture::PointCloud& cloud,
                                          std::int64_t sweep_stamp_ns,
                                          const math::Pose& T_ego_lidar, const world::Actor& ego,
                                          std::int64_t target_ns) {
  const SweepMotion motion(cloud, sweep_stamp_ns, T_ego_lidar, ego, target_ns);
  std::vector<math::Vec3d> points;
  points.reserve(cloud.size());
  for (std::size_t i = 0; i < cloud.size(); ++i) points.push_back(motion.in_ego(i));
  return points;
}

}  // namespace oddroad::dataset
