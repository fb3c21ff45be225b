// Labels of one capture. Every label says which instant it holds for: the capture's stamp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/ids.h"
#include "engine/math/affine.h"
#include "engine/math/bounds.h"

namespace oddroad::capture {

// Continuous pixel coordinates (the first pixel spans 0 to 1): left = first column, right = last
// column + 1. Empty when right <= left.
struct Box2 {
  double left = 0, top = 0, right = 0, bottom = 0;
  bool operator==(const Box2&) const = default;
  [[nodiscard]] bool empty() const { return right <= left || bottom <= top; }
  [[nodiscard]] double area() const { return empty() ? 0 : (right - left) * (bottom - top); }
};

// One object in one camera image.
struct ObjectInImage {
  core::InstanceId id;
  core::ClassId class_id;
  Box2 box;                        // tight to the visible mask
  Box2 amodal_box;                 // tight to all vertices, clipped to the image
  Box2 amodal_box_unclipped;
  double truncation = 0;           // 1 - area(amodal) / area(amodal unclipped)
  std::int64_t visible_px = 0;     // pixels of the mask
  std::int64_t unoccluded_px = 0;  // pixels it would have if it were alone, inside the image
  bool operator==(const ObjectInImage&) const = default;
};

// One object in the world at an instant, independent of a sensor.
struct ObjectInWorld {
  core::InstanceId id;
  core::ClassId class_id;
  std::string name;                // actor name, constant over the clip: the track
  std::string type;                // catalog name
  core::InstanceId rides;
  math::OrientedBox box_ego;       // in the ego frame at that instant
  math::OrientedBox box_world;
  math::Vec3d track_size_m{0};     // constant over the clip
  math::Vec3d velocity_world_mps{0};
  double acceleration_mps2 = 0;
  double yaw_rate_rps = 0;
  std::int64_t returns_by_id = 0;  // LiDAR points that hit it (sweeps only)
  std::int64_t points_in_box = 0;  // LiDAR points inside the box posed at each point's time
  bool operator==(const ObjectInWorld&) const = default;
};

}  // namespace oddroad::capture
