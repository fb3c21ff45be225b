// Lens models: from image points to rays and back. Camera frame: x right, y down, z forward; the
// centre of the first pixel is (0.5, 0.5). With a = x / z, b = y / z and r2 = a a + b b:
//   pinhole         u = fx a + cx,  v = fy b + cy
//   Brown-Conrady   a' = a R + 2 p1 a b + p2 (r2 + 2 a a),  b' = b R + p1 (r2 + 2 b b) + 2 p2 a b,
//                   R = (1 + k1 r2 + k2 r2^2 + k3 r2^3) / (1 + k4 r2 + k5 r2^2 + k6 r2^3);
//                   u = fx a' + cx, v = fy b' + cy       (OpenCV calib3d, "rational model")
//   Kannala-Brandt  theta = angle to the axis, d = theta (1 + k1 theta^2 + k2 theta^4 + k3 theta^6
//   +
//                   k4 theta^8); u = fx d cos(phi) + cx, v = fy d sin(phi) + cy, phi = atan2(y, x)
//                   (Kannala and Brandt 2006; OpenCV fisheye)
// A distortion is used only where it is one-to-one: up to max_angle_rad from the axis
// (angle_limit() finds how far that can be). Beyond that the lens shows nothing.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::math {

enum class Lens { kPinhole, kBrownConrady, kKannalaBrandt };

struct CameraModel {
  int width_px = 0;
  int height_px = 0;
  double fx_px = 0;
  double fy_px = 0;
  double cx_px = 0;
  double cy_px = 0;
  Lens lens = Lens::kPinhole;
  std::array<double, 6> radial{};      // k1 to k6; Kannala-Brandt: k1 to k4
  std::array<double, 2> tangential{};  // p1, p2
  double max_angle_rad = 0;            // distorted lenses: set it, at most to angle_limit()

  bool operator==(const CameraModel&) const = default;

  // Ray through image point (u, v). Pinhole and Brown-Conrady: unit forward component, so that t is
  // depth. Kannala-Brandt: unit length. The zero vector where the lens shows nothing.
  [[nodiscard]] Vec3d direction(double u, double v) const {
    if (lens == Lens::kPinhole) return {(u - cx_px) / fx_px, (v - cy_px) / fy_px, 1.0};
    return distorted_direction(u, v);
  }
  // Image point of a point in the camera frame; empty where the lens cannot show it. It may lie
  // outside the image.
  [[nodiscard]] std::optional<Vec2d> project(const Vec3d& p_camera) const {
    if (lens != Lens::kPinhole) return distorted_project(p_camera);
    if (!(p_camera.z > 0)) return std::nullopt;
    return Vec2d(fx_px * (p_camera.x / p_camera.z) + cx_px,
                 fy_px * (p_camera.y / p_camera.z) + cy_px);
  }

 private:
  [[nodiscard]] Vec3d distorted_direction(double u, double v) const;
  [[nodiscard]] std::optional<Vec2d> distorted_project(const Vec3d& p_camera) const;
};

// True where direction() found a ray.
inline bool is_ray(const Vec3d& direction) {
  return direction != Vec3d(0);
}

// The largest angle to the axis, at most 95 degrees, up to which a distorted model is one-to-one
// (its image radius grows with the angle).
double angle_limit(const CameraModel& camera);

// Distance from the principal point at an angle from the axis, over the focal length; without the
// tangential part.
double image_radius(const CameraModel& camera, double angle_rad);

// Rays through all pixel centres, row-major: solved once for a camera that looks many times.
std::vector<Vec3d> pixel_directions(const CameraModel& camera);

}  // namespace oddroad::math
