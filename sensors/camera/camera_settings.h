// Settings of a rig entry of type camera.
//   size: [1242, 375]            # pixels
//   focal_px: [721.5, 721.5]     # or fov: 75 deg (horizontal)
//   principal_px: [609.6, 172.9] # default: the middle of the image
//   rate: 10 Hz
//   exposure: auto               # or an exposure value at ISO 100, e.g. 13.5
//   noise: true                  # photon and read noise
//   veiling_glare: 1 %           # share of the mean light that spreads over the image
#pragma once

#include <optional>

#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "engine/math/camera_model.h"

namespace oddroad::camera {

struct CameraSettings {
  math::PinholeCamera camera;
  double rate_hz = 10;
  std::optional<double> fixed_ev100;   // exposure value; none = automatic
  bool noise = true;
  double veiling_glare = 0.01;
};

// Errors: unknown keys, sizes outside 16 to 8192 pixels, both or neither of focal_px and fov, ...
core::Result<CameraSettings> parse_camera_settings(const core::YamlNode& settings);

}  // namespace oddroad::camera
