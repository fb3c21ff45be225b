// What one sensor recorded at one tick, with its labels.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/capture/image.h"
#include "engine/capture/labels.h"
#include "engine/capture/point_cloud.h"
#include "engine/math/affine.h"

namespace oddroad::capture {

struct FrameStamp {
  std::string sensor;
  int tick = 0;                // counts sensor triggers from 0
  std::int64_t stamp_ns = 0;   // camera: mid-exposure; LiDAR: middle of the sweep
  math::Pose T_world_ego;      // at the stamp, clip's local frame
  bool operator==(const FrameStamp&) const = default;
};

// Empty images were not recorded.
struct CameraFrame {
  FrameStamp stamp;
  Image<Rgb8> rgb;
  Image<std::uint16_t> instance;   // 0 = nothing
  Image<std::uint8_t> class_id;    // 0 = nothing
  Image<float> depth_m;            // z along the optical axis; +inf = nothing
  std::vector<ObjectInImage> objects;
  std::vector<ObjectInWorld> world;
};

struct LidarFrame {
  FrameStamp stamp;
  PointCloud cloud;
  std::vector<ObjectInWorld> world;
};

}  // namespace oddroad::capture
