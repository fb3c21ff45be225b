#include "engine/exchange/kitti_velodyne.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace oddroad::exchange {
namespace {

static_assert(std::endian::native == std::endian::little, "points are written as they lie");
static_assert(sizeof(KittiPoint) == 16);

// T_target_lidar at any instant of a sweep. Motion is linear between whole milliseconds, so the
// poses there are all that is needed.
class SweepMotion {
 public:
  SweepMotion(const world::Actor& ego, const math::Affine3d& T_target_world,
              const math::Pose& T_ego_lidar, std::int64_t begin_ns, std::int64_t end_ns)
      : first_ms_(begin_ns / world::kMillisecondNs) {
    const std::int64_t last_ms = end_ns / world::kMillisecondNs + 1;
    for (std::int64_t ms = first_ms_; ms <= last_ms; ++ms) {
      const auto clamped = std::min<std::int64_t>(ms, last_state_ms(ego));
      T_target_lidar_.push_back(T_target_world * world::pose_at_millisecond(ego, clamped) *
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
  static std::int64_t last_state_ms(const world::Actor& ego) {
    return (static_cast<std::int64_t>(ego.states.size()) - 1) * world::kStepNs /
           world::kMillisecondNs;
  }
  std::int64_t first_ms_;
  std::vector<math::Affine3d> T_target_lidar_;
};

struct Ordered {
  KittiPoint point;
  std::uint16_t ring;
  double azimuth;
};

double azimuth_from_x(const KittiPoint& p) {
  const double angle = std::atan2(static_cast<double>(p.y), static_cast<double>(p.x));
  return angle < 0 ? angle + 2 * M_PI : angle;
}

}  // namespace

std::vector<KittiPoint> kitti_points(const capture::LidarFrame& frame,
                                     const capture::LidarCalibration& lidar,
                                     const world::Actor& ego, std::int64_t stamp_ns) {
  const auto& cloud = frame.cloud;
  if (cloud.size() == 0) return {};
  const auto [early, late] =
      std::minmax_element(cloud.time_offset_ns.begin(), cloud.time_offset_ns.end());
  // A sweep at the very start of a clip may reach before its first instant.
  const auto clamp_ns = [](std::int64_t t) {
    return std::max<std::int64_t>(t, 0);
  };
  const math::Affine3d T_lidar_world =
      (world::pose_at(ego, stamp_ns) * to_affine(lidar.T_ego_lidar)).inverse();
  const SweepMotion motion(ego, T_lidar_world, lidar.T_ego_lidar,
                           clamp_ns(frame.stamp.stamp_ns + *early),
                           clamp_ns(frame.stamp.stamp_ns + *late));
  std::vector<Ordered> ordered;
  ordered.reserve(cloud.size());
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    if (!(cloud.range_m[i] > 0)) continue;
    const auto T = motion.at(clamp_ns(frame.stamp.stamp_ns + cloud.time_offset_ns[i]));
    const math::Vec3f p(T * math::Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]));
    const KittiPoint point{p.x, p.y, p.z, std::clamp(cloud.intensity[i], 0.0f, 1.0f)};
    ordered.push_back({point, cloud.ring[i], azimuth_from_x(point)});
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const Ordered& a, const Ordered& b) {
    return a.ring != b.ring ? a.ring > b.ring : a.azimuth < b.azimuth;
  });
  std::vector<KittiPoint> points;
  points.reserve(ordered.size());
  for (const auto& one : ordered) points.push_back(one.point);
  return points;
}

std::string encode_kitti_points(const std::vector<KittiPoint>& points) {
  return {reinterpret_cast<const char*>(points.data()), points.size() * sizeof(KittiPoint)};
}

}  // namespace oddroad::exchange
