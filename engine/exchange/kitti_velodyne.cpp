#include "engine/exchange/kitti_velodyne.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/dataset/sweep_motion.h"

namespace oddroad::exchange {
namespace {

static_assert(std::endian::native == std::endian::little, "points are written as they lie");
static_assert(sizeof(KittiPoint) == 16);

struct Key {
  OrderedPoint one;
  std::uint16_t ring;
  double azimuth;
};

double azimuth_from_x(const KittiPoint& p) {
  const double angle = std::atan2(static_cast<double>(p.y), static_cast<double>(p.x));
  return angle < 0 ? angle + 2 * M_PI : angle;
}

}  // namespace

std::vector<OrderedPoint> kitti_order(const capture::LidarFrame& frame,
                                      const capture::LidarCalibration& lidar,
                                      const world::Actor& ego, std::int64_t stamp_ns) {
  const auto& cloud = frame.cloud;
  const auto in_ego =
      dataset::points_in_ego_at(cloud, frame.stamp.stamp_ns, lidar.T_ego_lidar, ego, stamp_ns);
  const math::Pose T_lidar_ego = lidar.T_ego_lidar.inverse();
  std::vector<Key> keys;
  keys.reserve(cloud.size());
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    if (!(cloud.range_m[i] > 0) || cloud.instance[i] == ego.id.value) continue;
    const math::Vec3f p(T_lidar_ego * in_ego[i]);
    const KittiPoint point{p.x, p.y, p.z, std::clamp(cloud.intensity[i], 0.0f, 1.0f)};
    keys.push_back({{point, i}, cloud.ring[i], azimuth_from_x(point)});
  }
  std::stable_sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return a.ring != b.ring ? a.ring > b.ring : a.azimuth < b.azimuth;
  });
  std::vector<OrderedPoint> out;
  out.reserve(keys.size());
  for (const auto& key : keys) out.push_back(key.one);
  return out;
}

std::vector<KittiPoint> kitti_points(const capture::LidarFrame& frame,
                                     const capture::LidarCalibration& lidar,
                                     const world::Actor& ego, std::int64_t stamp_ns) {
  std::vector<KittiPoint> points;
  for (const auto& one : kitti_order(frame, lidar, ego, stamp_ns)) points.push_back(one.point);
  return points;
}

std::string encode_kitti_points(const std::vector<KittiPoint>& points) {
  return {reinterpret_cast<const char*>(points.data()), points.size() * sizeof(KittiPoint)};
}

}  // namespace oddroad::exchange
