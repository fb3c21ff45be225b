// Settings of a rig entry of type camera.
//   preset: kitti                # see engine/capture/camera_presets.h; every key replaces its own
//   size: [1242, 375]            # pixels
//   focal_px: [721.5, 721.5]     # or fov: 75 deg (the image's width, through the lens)
//   principal_px: [609.6, 172.9] # default: the middle of the image
//   lens, shutter                # lens_settings.h; a pinhole with a global shutter without them
//   rate: 10 Hz
//   optics                       # optics_settings.h
//   sensor                       # sensor_settings.h
//   exposure, white_balance      # exposure_settings.h
//   image                        # image_settings.h
//   faults                       # fault_settings.h
//   noise: true                  # false: a sensor without noise
//   motion_blur: true            # over the exposure time; false: everything holds still
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "engine/math/camera_model.h"
#include "sensors/camera/exposure_settings.h"
#include "sensors/camera/fault_settings.h"
#include "sensors/camera/image_settings.h"
#include "sensors/camera/optics_settings.h"
#include "sensors/camera/sensor_settings.h"

namespace oddroad::camera {

struct CameraSettings {
  math::CameraModel camera;
  // Rays of all pixel centres; null for a pinhole, which needs no table.
  std::shared_ptr<const std::vector<math::Vec3d>> pixel_directions;
  std::int64_t row_time_ns = 0;  // rolling shutter, rows downwards; 0 = global
  double rate_hz = 10;
  OpticsSettings optics;
  SensorSettings sensor;
  ExposureSettings exposure;
  WhiteBalanceSettings white_balance;
  ImageSettings image;
  std::vector<FaultSettings> faults;
  bool noise = true;
  bool motion_blur = true;
};

// `name` is the camera's: it stands for the serial number where none is given.
// Errors: unknown keys, sizes outside 16 to 8192 pixels, both or neither of focal_px and fov, ...
core::Result<CameraSettings> parse_camera_settings(const core::YamlNode& settings,
                                                   const std::string& name = "camera");

}  // namespace oddroad::camera
