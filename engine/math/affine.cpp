#include "engine/math/affine.h"

#include <cmath>
#include <numbers>

namespace oddroad::math {

Pose to_pose(const Affine3d& a) {
  const Vec3d x = glm::normalize(a.linear[0]);
  const Vec3d y = glm::normalize(a.linear[1] - x * glm::dot(x, a.linear[1]));
  const glm::dmat3 rotation(x, y, glm::cross(x, y));
  return {glm::normalize(glm::quat_cast(rotation)), a.translation};
}

Pose slerp(const Pose& a, const Pose& b, double u) {
  return {glm::normalize(glm::slerp(a.rotation, b.rotation, u)),
          a.translation * (1 - u) + b.translation * u};
}

glm::dquat from_yaw_pitch_roll(double yaw_rad, double pitch_rad, double roll_rad) {
  return glm::angleAxis(yaw_rad, Vec3d(0, 0, 1)) * glm::angleAxis(pitch_rad, Vec3d(0, 1, 0)) *
         glm::angleAxis(roll_rad, Vec3d(1, 0, 0));
}

double yaw_of(const glm::dquat& rotation) {
  const Vec3d forward = rotation * Vec3d(1, 0, 0);
  return std::atan2(forward.y, forward.x);
}

double wrap_angle(double angle_rad) {
  const double wrapped = std::remainder(angle_rad, 2 * std::numbers::pi);
  return wrapped <= -std::numbers::pi ? wrapped + 2 * std::numbers::pi : wrapped;
}

}  // namespace oddroad::math
