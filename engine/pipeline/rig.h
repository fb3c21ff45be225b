// A rig whose sensors understood their settings.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/capture/rig.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/pipeline/motion_sensors.h"
#include "sensors/camera/camera_settings.h"
#include "sensors/lidar/scanner.h"
#include "sensors/radar/radar_model.h"
#include "sensors/radar/rcs.h"

namespace oddroad::pipeline {

struct RigCamera {
  std::string name;
  math::Pose T_ego_camera;
  camera::CameraSettings settings;
};

struct RigLidar {
  std::string name;
  math::Pose T_ego_lidar;
  lidar::Scanner scanner;
};

struct RigRadar {
  std::string name;
  math::Pose T_ego_radar;
  radar::RadarSettings settings;
};

struct Rig {
  std::string name;
  std::vector<RigCamera> cameras;
  std::vector<RigLidar> lidars;
  std::vector<RigRadar> radars;
  std::shared_ptr<const radar::RcsTable> rcs;  // null without radars
  MotionSensors motion;

  // ego: whose wheels odometry counts; null: motion sensors are left out.
  [[nodiscard]] capture::Calibration calibration(const asset::Model* ego = nullptr) const;
};

// Errors: everything wrong with the file and with every sensor's settings, at once.
core::Result<Rig> load_rig(const std::string& path, const core::SearchRoots& roots);

}  // namespace oddroad::pipeline
