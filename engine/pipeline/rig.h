// A rig whose sensors understood their settings.
#pragma once

#include <string>
#include <vector>

#include "engine/capture/rig.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "sensors/camera/camera_settings.h"
#include "sensors/lidar/scanner.h"

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

struct Rig {
  std::string name;
  std::vector<RigCamera> cameras;
  std::vector<RigLidar> lidars;

  [[nodiscard]] capture::Calibration calibration() const;
};

// Errors: everything wrong with the file and with every sensor's settings, at once.
core::Result<Rig> load_rig(const std::string& path, const core::SearchRoots& roots);

}  // namespace oddroad::pipeline
