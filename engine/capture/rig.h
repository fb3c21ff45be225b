// The sensors of a vehicle and where they are mounted. Sensor-specific settings stay opaque here
// and are parsed by each sensor (sensors/*).
#pragma once

#include <string>
#include <vector>

#include "engine/math/affine.h"
#include "engine/math/camera_model.h"

namespace oddroad::capture {

// Calibration as written to calibration.json and used by every consumer of a capture.
struct CameraCalibration {
  std::string name;
  math::PinholeCamera camera;
  math::Pose T_ego_camera;     // camera frame: x right, y down, z forward
  bool operator==(const CameraCalibration&) const = default;
};

struct LidarCalibration {
  std::string name;
  std::string model;           // "velodyne_hdl64e_s2"
  math::Pose T_ego_lidar;      // lidar frame: x forward, y left, z up
  bool operator==(const LidarCalibration&) const = default;
};

struct Calibration {
  std::vector<CameraCalibration> cameras;
  std::vector<LidarCalibration> lidars;
  bool operator==(const Calibration&) const = default;
};

}  // namespace oddroad::capture
