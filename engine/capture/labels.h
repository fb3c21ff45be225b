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

// What is seen of a keypoint.
enum class KeypointState : std::uint8_t {
  kOutside = 0,       // outside the image, or where the lens shows nothing
  kOccluded = 1,      // another thing is in front
  kSelfOccluded = 2,  // the object itself is in front
  kVisible = 3,
};

struct Keypoint2 {
  double u_px = 0, v_px = 0;  // NaN where the lens cannot show the point
  KeypointState state = KeypointState::kOutside;
  bool operator==(const Keypoint2&) const = default;
};

// What is seen instead of an object.
struct Occluder {
  core::InstanceId id;
  std::int64_t px = 0;
  bool operator==(const Occluder&) const = default;
};

// One object in one camera image. Fields: scenarios/labels.md.
struct ObjectInImage {
  core::InstanceId id;
  core::ClassId class_id;
  Box2 box;                         // tight to the visible mask
  Box2 amodal_box;                  // tight to the mask it would have alone, inside the image
  Box2 amodal_box_unclipped;        // the same, up to one image size beyond each side
  double truncation = 0;            // 1 - in_frame_px / unoccluded_px
  std::int64_t visible_px = 0;      // pixels of the mask
  std::int64_t in_frame_px = 0;     // pixels it would have alone, inside the image
  std::int64_t unoccluded_px = 0;   // pixels it would have alone, those beyond the image included
  std::vector<Occluder> occluders;  // most pixels first, then lowest id
  std::int64_t observed_ns = 0;     // when the middle row of the box was exposed
  math::OrientedBox box_ego_observed;  // at observed_ns, in the ego frame then
  std::vector<Keypoint2> keypoints;    // in the order of the model's keypoints
  bool operator==(const ObjectInImage&) const = default;
};

struct Attributes {
  bool moving = false;   // faster than 0.1 m/s
  bool braking = false;  // vehicles: decelerating by more than 0.5 m/s2
  // Vehicles with lamps: those that give light in the frame (an indicator flashes), of "head",
  // "tail", "brake", "reverse", "indicator_left", "indicator_right"; and what is indicated: "off",
  // "left", "right", "hazard". Empty for all else.
  std::vector<std::string> lit;
  std::string indicator;
  bool operator==(const Attributes&) const = default;
};

// One object in the world at an instant.
struct ObjectInWorld {
  core::InstanceId id;
  core::ClassId class_id;
  std::string name;  // actor name, constant over the clip: the track
  std::string type;  // catalog name
  core::InstanceId rides;
  math::OrientedBox box_ego;  // in the ego frame at that instant
  math::OrientedBox box_world;
  math::OrientedBox box_sensor;  // in the camera or LiDAR frame at that instant
  math::Vec3d track_size_m{0};   // constant over the clip
  math::Vec3d velocity_world_mps{0};
  double acceleration_mps2 = 0;
  double yaw_rate_rps = 0;
  Attributes attributes;
  std::int64_t returns_by_id = 0;      // LiDAR points that hit it (sweeps only)
  std::int64_t points_in_box = 0;      // LiDAR points inside the box posed at each point's time
  std::int64_t observed_ns = 0;        // sweeps: mean time of its returns; else the stamp
  math::OrientedBox box_ego_observed;  // at observed_ns, in the ego frame then
  std::vector<math::Vec3d> keypoints_ego_m;
  bool operator==(const ObjectInWorld&) const = default;
};

}  // namespace oddroad::capture
