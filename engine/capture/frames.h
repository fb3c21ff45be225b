// What one sensor recorded at one tick, with its labels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/capture/exposure.h"
#include "engine/capture/image.h"
#include "engine/capture/labels.h"
#include "engine/capture/picture_format.h"
#include "engine/capture/point_cloud.h"
#include "engine/math/affine.h"

namespace oddroad::capture {

struct FrameStamp {
  std::string sensor;
  int tick = 0;               // counts sensor triggers from 0
  std::int64_t stamp_ns = 0;  // camera: mid-exposure; LiDAR: middle of the sweep
  math::Pose T_world_ego;     // at the stamp, clip's local frame
  bool operator==(const FrameStamp&) const = default;
};

enum class FlowOcclusion : std::uint8_t { kSeen = 0, kHidden = 1, kOutside = 2 };

// Where each pixel's surface point appears in a neighbouring frame of the same camera.
struct FlowImage {
  int to_tick = 0;
  std::int64_t to_stamp_ns = 0;
  Image<math::Vec2f> displacement_px;  // NaN where the lens cannot show the point there
  Image<std::uint8_t> occlusion;       // FlowOcclusion
  bool operator==(const FlowImage&) const = default;
  [[nodiscard]] bool empty() const { return displacement_px.empty(); }
};

// A lane border or the outline of a drivable area.
struct LanePolyline {
  std::string road;   // OpenDRIVE road id
  int lane = 0;       // OpenDRIVE lane id: the border's lane (its outer side), or the area
  std::string kind;   // line: mark type ("solid", "broken", "none", ...); area: lane type
  bool area = false;  // closed outline of a drivable area; else a line
  int direction = 0;  // areas: 1 = traffic within 90 degrees of the ego's heading, 2 = not
  std::vector<math::Vec3d> points_ego_m;
  bool operator==(const LanePolyline&) const = default;
};

// Empty images were not recorded.
struct CameraFrame {
  FrameStamp stamp;
  Image<Rgb8> rgb;
  PictureFormat rgb_format;
  Image<std::uint16_t> raw;          // numbers of the chip's mosaic
  Image<math::Vec3f> radiance;       // linear RGB before the lens, cd/m2
  std::optional<Exposure> exposure;  // where a picture was taken
  std::optional<RawFormat> raw_format;
  std::vector<SensorFault> faults;  // at work in this frame
  Image<std::uint16_t> instance;    // 0 = nothing
  Image<std::uint8_t> class_id;     // 0 = nothing
  Image<Rgb8> panoptic;             // class, id / 256, id % 256
  Image<float> depth_m;             // z along the optical axis; +inf = nothing
  Image<float> range_m;             // along the ray; +inf = nothing
  Image<math::Vec3f> normal;        // camera frame at the row's instant; 0 = nothing
  FlowImage flow_forward, flow_backward;
  Image<std::uint8_t> drivable;  // 0 none, 1 traffic along the ego's heading, 2 against
  std::vector<LanePolyline> lanes;
  std::vector<ObjectInImage> objects;
  std::vector<ObjectInWorld> world;
};

struct LidarFrame {
  FrameStamp stamp;
  PointCloud cloud;
  LidarRays rays;                   // empty: not recorded
  std::vector<SensorFault> faults;  // at work in this sweep
  std::vector<ObjectInWorld> world;
};

}  // namespace oddroad::capture
