// Poses and affine maps. T_a_b is the pose of frame b in frame a and maps b-coordinates into a:
//   p_world = T_world_ego * T_ego_lidar * p_lidar      (neighbours cancel)
// Conventions of every frame: engine/math/README.md.
#pragma once

#include <glm/glm.hpp>
#include <glm/gtc/quaternion.hpp>

namespace oddroad::math {

using Vec2d = glm::dvec2;
using Vec3d = glm::dvec3;
using Vec2f = glm::vec2;
using Vec3f = glm::vec3;

// y = linear * x + translation. `linear` is column-major (GLM): linear[column][row].
template <typename Scalar>
struct Affine {
  glm::mat<3, 3, Scalar> linear{Scalar(1)};
  glm::vec<3, Scalar> translation{Scalar(0)};

  bool operator==(const Affine&) const = default;

  [[nodiscard]] glm::vec<3, Scalar> point(const glm::vec<3, Scalar>& p) const {
    return linear * p + translation;
  }
  [[nodiscard]] glm::vec<3, Scalar> vector(const glm::vec<3, Scalar>& v) const {
    return linear * v;
  }
  [[nodiscard]] Affine inverse() const {
    const auto inv = glm::inverse(linear);
    return {inv, -(inv * translation)};
  }
};
using Affine3d = Affine<double>;
using Affine3f = Affine<float>;

template <typename S>
Affine<S> operator*(const Affine<S>& a, const Affine<S>& b) {
  return {a.linear * b.linear, a.linear * b.translation + a.translation};
}
template <typename S>
glm::vec<3, S> operator*(const Affine<S>& a, const glm::vec<3, S>& p) {
  return a.point(p);
}

inline Affine3f to_float(const Affine3d& a) { return {glm::mat3(a.linear), Vec3f(a.translation)}; }
inline Affine3d to_double(const Affine3f& a) {
  return {glm::dmat3(a.linear), Vec3d(a.translation)};
}

// Entry-by-entry: the motion model between whole milliseconds (DESIGN: motion is piecewise linear).
inline Affine3d lerp(const Affine3d& a, const Affine3d& b, double u) {
  Affine3d out;
  for (int c = 0; c < 3; ++c) out.linear[c] = a.linear[c] * (1 - u) + b.linear[c] * u;
  out.translation = a.translation * (1 - u) + b.translation * u;
  return out;
}

// A rigid motion: rotation (unit, stored w x y z) and translation in metres.
struct Pose {
  glm::dquat rotation{1, 0, 0, 0};
  Vec3d translation{0};

  bool operator==(const Pose&) const = default;
  [[nodiscard]] Vec3d operator*(const Vec3d& p) const { return rotation * p + translation; }
  [[nodiscard]] Pose operator*(const Pose& b) const {
    return {rotation * b.rotation, rotation * b.translation + translation};
  }
  [[nodiscard]] Pose inverse() const {
    const glm::dquat inv = glm::conjugate(rotation);
    return {inv, inv * -translation};
  }
};

inline Affine3d to_affine(const Pose& p) { return {glm::mat3_cast(p.rotation), p.translation}; }
// Nearest rigid pose of an almost rigid map (columns are re-orthogonalised).
Pose to_pose(const Affine3d& a);
// Linear in translation, spherical in rotation, shortest way; u in [0, 1].
Pose slerp(const Pose& a, const Pose& b, double u);

// Rotation about z by yaw, then y by pitch, then x by roll (ISO 8855 Tait-Bryan z-y'-x''), radians.
glm::dquat from_yaw_pitch_roll(double yaw_rad, double pitch_rad = 0, double roll_rad = 0);
double yaw_of(const glm::dquat& rotation);
inline Pose pose_xyz_yaw(double x, double y, double z, double yaw_rad) {
  return {from_yaw_pitch_roll(yaw_rad), {x, y, z}};
}
// Wraps to (-pi, pi].
double wrap_angle(double angle_rad);

}  // namespace oddroad::math
