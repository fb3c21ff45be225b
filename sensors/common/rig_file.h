// The rig file: which sensors a vehicle carries and where.
//
//   schema: 1
//   name: kitti
//   sensors:
//     image_2:
//       type: camera
//       mount: {x: 1.03 m, y: 0.06 m, z: 1.65 m, yaw: 0 deg, pitch: 0 deg, roll: 0 deg}
//       ...                       # settings: each sensor parses its own
//
// A mount is given in the ego frame (x forward, y left, z up, origin on the ground below the rear
// axle); yaw turns left, pitch turns the nose down, roll to the right, in that order.
#pragma once

#include <string>
#include <vector>

#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "engine/math/affine.h"

namespace oddroad::common {

struct SensorEntry {
  std::string name;
  std::string type;         // "camera", "lidar", "radar", "imu", "gnss", "ins", "odometry"
  math::Pose T_ego_mount;   // x forward, y left, z up
  core::YamlNode settings;  // the sensor's map without type and mount
  core::SourceLocation where;
};

struct RigFile {
  std::string name;
  std::string path;
  std::vector<SensorEntry> sensors;  // in the order of the file
};

// Errors: unreadable or wrong YAML, unknown keys, unknown type, duplicate or unusable names.
core::Result<RigFile> load_rig(const std::string& path);

// Camera axes (x right, y down, z forward) in a frame with x forward, y left, z up.
math::Pose camera_axes();

}  // namespace oddroad::common
