// calib/%06d.txt: seven lines in the order that readers count on.
#pragma once

#include <array>
#include <string>

#include "engine/capture/rig.h"

namespace oddroad::exchange {

using Matrix34 = std::array<double, 12>;  // row-major

struct KittiCalibration {
  std::array<Matrix34, 4> P{};
  std::array<double, 9> R0_rect{};
  Matrix34 Tr_velo_to_cam{};
  Matrix34 Tr_imu_to_velo{};  // our ego frame stands for the IMU's
};

// `right` may be null.
KittiCalibration kitti_calibration(const capture::CameraCalibration& left,
                                   const capture::CameraCalibration* right,
                                   const capture::LidarCalibration& lidar);
std::string encode_kitti_calibration(const KittiCalibration& calibration);

}  // namespace oddroad::exchange
