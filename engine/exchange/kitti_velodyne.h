// velodyne/%06d.bin: x, y, z, reflectance as float32. There is no ring column: readers recover
// rings from the order, top ring first, each counter-clockwise from +x.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/rig.h"
#include "engine/world/timeline.h"

namespace oddroad::exchange {

struct KittiPoint {
  float x = 0, y = 0, z = 0, reflectance = 0;
  bool operator==(const KittiPoint&) const = default;
};

// A point and its index in the cloud it comes from.
struct OrderedPoint {
  KittiPoint point;
  std::size_t index = 0;
};

// Points in the LiDAR frame as it is at `stamp_ns`, in file order. Points without a return (range
// 0) and points on the ego itself are left out: KITTI has neither.
std::vector<OrderedPoint> kitti_order(const capture::LidarFrame& frame,
                                      const capture::LidarCalibration& lidar,
                                      const world::Actor& ego, std::int64_t stamp_ns);
std::vector<KittiPoint> kitti_points(const capture::LidarFrame& frame,
                                     const capture::LidarCalibration& lidar,
                                     const world::Actor& ego, std::int64_t stamp_ns);
std::string encode_kitti_points(const std::vector<KittiPoint>& points);

}  // namespace oddroad::exchange
