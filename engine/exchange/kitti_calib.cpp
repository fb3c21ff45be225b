#include "engine/exchange/kitti_calib.h"

#include <cstdio>

namespace oddroad::exchange {
namespace {

Matrix34 rows(const math::Affine3d& a) {
  Matrix34 m{};
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) m[static_cast<std::size_t>(4 * r + c)] = a.linear[c][r];
    m[static_cast<std::size_t>(4 * r + 3)] = a.translation[r];
  }
  return m;
}

// K [R|t] with K in KITTI's pixel count.
Matrix34 projection(const math::CameraModel& lens, const math::Affine3d& T_camera_rect) {
  const glm::dmat3 K(math::Vec3d(lens.fx_px, 0, 0), math::Vec3d(0, lens.fy_px, 0),
                     math::Vec3d(lens.cx_px - 0.5, lens.cy_px - 0.5, 1));
  return rows({K * T_camera_rect.linear, K * T_camera_rect.translation});
}

template <std::size_t N>
void append_line(std::string& text, const char* key, const std::array<double, N>& values) {
  text += key;
  text += ':';
  for (const double value : values) {
    char number[40];
    std::snprintf(number, sizeof number, " %.12e", value + 0.0);  // + 0.0: no "-0"
    text += number;
  }
  text += '\n';
}

}  // namespace

KittiCalibration kitti_calibration(const capture::CameraCalibration& left,
                                   const capture::CameraCalibration* right,
                                   const capture::LidarCalibration& lidar) {
  const math::Pose T_left_ego = left.T_ego_camera.inverse();
  KittiCalibration out;
  out.P[2] = projection(left.camera, {});
  out.P[3] =
      right == nullptr
          ? out.P[2]
          : projection(right->camera, to_affine(right->T_ego_camera.inverse() * left.T_ego_camera));
  out.P[0] = out.P[2];
  out.P[1] = out.P[3];
  out.R0_rect = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  out.Tr_velo_to_cam = rows(to_affine(T_left_ego * lidar.T_ego_lidar));
  out.Tr_imu_to_velo = rows(to_affine(lidar.T_ego_lidar.inverse()));
  return out;
}

std::string encode_kitti_calibration(const KittiCalibration& calibration) {
  std::string text;
  const char* keys[] = {"P0", "P1", "P2", "P3"};
  for (std::size_t k = 0; k < 4; ++k) append_line(text, keys[k], calibration.P[k]);
  append_line(text, "R0_rect", calibration.R0_rect);
  append_line(text, "Tr_velo_to_cam", calibration.Tr_velo_to_cam);
  append_line(text, "Tr_imu_to_velo", calibration.Tr_imu_to_velo);
  return text + "\n";
}

}  // namespace oddroad::exchange
