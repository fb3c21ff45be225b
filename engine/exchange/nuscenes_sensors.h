// Which sensors of a rig are which channel of nuScenes, and their files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "engine/capture/rig.h"
#include "engine/exchange/captures.h"
#include "engine/world/timeline.h"

namespace oddroad::exchange {

enum class Modality { kCamera, kLidar, kRadar };

struct NuscenesChannel {
  std::string channel;  // "CAM_FRONT"
  Modality modality = Modality::kCamera;
  std::string sensor;       // its name in the rig
  math::Pose T_ego_sensor;  // nuScenes' sensor frame (of the LiDAR: x right, y forward)
  const capture::CameraCalibration* camera = nullptr;
  const capture::LidarCalibration* lidar = nullptr;
};

// Sensors that carry a channel's name have it; the others get the free channel of their kind that
// looks nearest to where they look. The LiDAR named LIDAR_TOP, or else the first, is LIDAR_TOP.
// `left_out`: those without a channel, and cameras that are no pinholes.
std::vector<NuscenesChannel> nuscenes_channels(const capture::Calibration& rig,
                                               std::vector<std::string>& left_out);

// The end of a sweep: nuScenes' stamp of a LiDAR.
std::int64_t sweep_end_ns(const capture::LidarCalibration& lidar, std::int64_t stamp_ns);

// Points of a sweep at its end, in nuScenes' LiDAR frame; `index` into the cloud.
struct NuscenesPoint {
  float x = 0, y = 0, z = 0, intensity = 0, ring = 0;
};
struct NuscenesCloud {
  std::vector<NuscenesPoint> points;
  std::vector<std::uint32_t> index;

  // What the file holds. Valid while the cloud is.
  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(points.data()), points.size() * sizeof(NuscenesPoint)};
  }
};
NuscenesCloud nuscenes_cloud(const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
                             const capture::LidarCalibration& lidar, const world::Actor& ego);

}  // namespace oddroad::exchange
