// Settings of a rig entry of type camera.
//   size: [1242, 375]            # pixels
//   focal_px: [721.5, 721.5]     # or fov: 75 deg (the image's width, through the lens)
//   principal_px: [609.6, 172.9] # default: the middle of the image
//   lens, shutter                # see lens_settings.h; a pinhole with a global shutter without
//   them rate: 10 Hz exposure: auto               # or an exposure value at ISO 100, e.g. 13.5
//   noise: true                  # photon and read noise
//   veiling_glare: 1 %           # share of the mean light that spreads over the image
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "engine/math/camera_model.h"

namespace oddroad::camera {

struct CameraSettings {
  math::CameraModel camera;
  // Rays of all pixel centres; null for a pinhole, which needs no table.
  std::shared_ptr<const std::vector<math::Vec3d>> pixel_directions;
  std::int64_t row_time_ns = 0;  // rolling shutter, rows downwards; 0 = global
  double rate_hz = 10;
  std::optional<double> fixed_ev100;  // exposure value; none = automatic
  bool noise = true;
  double veiling_glare = 0.01;
};

// Errors: unknown keys, sizes outside 16 to 8192 pixels, both or neither of focal_px and fov, ...
core::Result<CameraSettings> parse_camera_settings(const core::YamlNode& settings);

}  // namespace oddroad::camera
