#include "engine/dataset/sweep_motion.h"

#include <algorithm>

namespace oddroad::dataset {
namespace {

// T_out_lidar at any instant of a sweep. Motion is linear between whole milliseconds.
class Motion {
 public:
  Motion(std::int64_t first_ns, std::int64_t last_ns, const math::Affine3d& T_out_world,
         const math::Pose& T_ego_lidar, const world::Actor& ego)
      : end_ns_((static_cast<std::int64_t>(ego.states.size()) - 1) * world::kStepNs),
        first_ms_(clamped(first_ns) / world::kMillisecondNs) {
    const std::int64_t last_state_ms = end_ns_ / world::kMillisecondNs;
    const std::int64_t last_ms = clamped(last_ns) / world::kMillisecondNs + 1;
    for (auto ms = first_ms_; ms <= last_ms; ++ms) {
      T_out_lidar_.push_back(T_out_world *
                             world::pose_at_millisecond(ego, std::min(ms, last_state_ms)) *
                             to_affine(T_ego_lidar));
    }
  }

  [[nodiscard]] math::Affine3d at(std::int64_t stamp_ns) const {
    const std::int64_t offset_ns = clamped(stamp_ns) - first_ms_ * world::kMillisecondNs;
    const auto k = static_cast<std::size_t>(offset_ns / world::kMillisecondNs);
    const double u = static_cast<double>(offset_ns % world::kMillisecondNs) /
                     static_cast<double>(world::kMillisecondNs);
    return math::lerp(T_out_lidar_[k], T_out_lidar_[k + 1], u);
  }

 private:
  [[nodiscard]] std::int64_t clamped(std::int64_t t) const {
    return std::clamp<std::int64_t>(t, 0, end_ns_);
  }

  std::int64_t end_ns_, first_ms_;
  std::vector<math::Affine3d> T_out_lidar_;  // at whole milliseconds from the first on
};

}  // namespace

std::vector<math::Vec3f> points_at(std::int64_t target_ns, const math::Pose& T_ego_out,
                                   const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
                                   const math::Pose& T_ego_lidar, const world::Actor& ego) {
  std::vector<math::Vec3f> points(cloud.size());
  if (points.empty()) return points;
  const auto& times = cloud.time_offset_ns;
  const auto [early, late] = std::minmax_element(times.begin(), times.end());
  const std::int64_t last_ns = (static_cast<std::int64_t>(ego.states.size()) - 1) * world::kStepNs;
  const auto target = std::clamp<std::int64_t>(target_ns, 0, last_ns);
  const math::Affine3d T_out_world =
      to_affine(T_ego_out.inverse()) * world::pose_at(ego, target).inverse();
  const Motion motion(sweep_stamp_ns + *early, sweep_stamp_ns + *late, T_out_world, T_ego_lidar,
                      ego);
  math::Affine3d T_out_lidar;
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Lasers that fire together share their pose.
    if (i == 0 || times[i] != times[i - 1]) T_out_lidar = motion.at(sweep_stamp_ns + times[i]);
    points[i] = math::Vec3f(T_out_lidar * math::Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]));
  }
  return points;
}

}  // namespace oddroad::dataset
