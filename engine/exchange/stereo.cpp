#include "engine/exchange/stereo.h"

#include <cmath>

namespace oddroad::exchange {

double baseline_m(const capture::CameraCalibration& left, const capture::CameraCalibration& right) {
  const math::Pose T = left.T_ego_camera.inverse() * right.T_ego_camera;
  const auto& t = T.translation;
  const bool beside = t.x > 0.02 && std::abs(t.y) < 0.01 && std::abs(t.z) < 0.01;
  return beside && std::abs(T.rotation.w) > 0.99999 ? t.x : 0;
}

}  // namespace oddroad::exchange
