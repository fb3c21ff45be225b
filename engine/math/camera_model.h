// The pinhole camera: x right, y down, z forward; the centre of the first pixel is (0.5, 0.5).
//   u = fx x / z + cx,   v = fy y / z + cy
#pragma once

#include "engine/math/affine.h"

namespace oddroad::math {

struct PinholeCamera {
  int width_px = 0;
  int height_px = 0;
  double fx_px = 0;
  double fy_px = 0;
  double cx_px = 0;
  double cy_px = 0;

  bool operator==(const PinholeCamera&) const = default;

  // Direction through image point (u, v) with unit forward component, so that t is planar depth.
  [[nodiscard]] Vec3d direction(double u, double v) const {
    return {(u - cx_px) / fx_px, (v - cy_px) / fy_px, 1.0};
  }
  // Image point of a point in front of the camera (z > 0).
  [[nodiscard]] Vec2d project(const Vec3d& p_camera) const {
    return {fx_px * p_camera.x / p_camera.z + cx_px, fy_px * p_camera.y / p_camera.z + cy_px};
  }
};

}  // namespace oddroad::math
