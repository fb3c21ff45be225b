// velodyne/%06d.bin: x, y, z, reflectance as float32. There is no ring column: readers recover
// rings from the order, top ring first, each counter-clockwise from +x.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "engine/capture/rig.h"
#include "engine/world/timeline.h"

namespace oddroad::exchange {

struct KittiPoint {
  float x = 0, y = 0, z = 0, reflectance = 0;
  bool operator==(const KittiPoint&) const = default;
};

struct KittiCloud {
  std::vector<KittiPoint> points;    // in file order
  std::vector<std::uint32_t> index;  // of each in the cloud that it comes from

  // What the file holds. Valid while the cloud is.
  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(points.data()), points.size() * sizeof(KittiPoint)};
  }
};

// Points in the LiDAR frame as it is at `stamp_ns`. Points without a return (range 0) and points on
// the ego itself are left out: KITTI has neither.
KittiCloud kitti_cloud(const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
                       const capture::LidarCalibration& lidar, const world::Actor& ego,
                       std::int64_t stamp_ns);

}  // namespace oddroad::exchange
