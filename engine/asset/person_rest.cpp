#include "engine/asset/person_rest.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::asset {

using math::Vec3d;

namespace {
constexpr double kDeg = std::numbers::pi / 180;
}

BodyPose limp_pose(const Skeleton& s, Articulation::Rest rest) {
  const double h = s.stature_m;
  BodyPose pose;
  pose.pelvis_m = {0, 0, s.ankle_m + .995 * (s.thigh_m + s.shank_m)};
  for (int side = 0; side < 2; ++side) {
    const double y = side_sign(side);
    FootPose& foot = pose.foot[side];
    foot.ankle_m = {0, y * .075 * h, s.ankle_m};
    foot.yaw = y * 20 * kDeg;
    pose.knee_yaw[side] = y * 10 * kDeg;
    switch (rest) {
      case Articulation::Rest::kProne:
        pose.arm[side] = {150 * kDeg, 30 * kDeg, (side == 0 ? 70 : 35) * kDeg, 0};
        foot.pitch = foot.toe_pitch = -58 * kDeg;
        break;
      case Articulation::Rest::kSupine:
        pose.arm[side] = {4 * kDeg, (side == 0 ? 50 : 30) * kDeg, (side == 0 ? 25 : 60) * kDeg, 0};
        foot.pitch = foot.toe_pitch = -28 * kDeg;
        if (side == 1) foot.ankle_m += Vec3d(.06 * h, 0, .17 * h);  // a raised knee
        break;
      case Articulation::Rest::kSide:
        pose.arm[side] = {(side == 0 ? 75 : 45) * kDeg, 6 * kDeg, 60 * kDeg, 10 * kDeg};
        foot.ankle_m += side == 0 ? Vec3d(.05 * h, 0, .03 * h) : Vec3d(.16 * h, 0, .13 * h);
        foot.pitch = foot.toe_pitch = -25 * kDeg;
        break;
    }
  }
  if (rest == Articulation::Rest::kProne) {
    pose.head_yaw = 55 * kDeg;
    pose.head_pitch = -14 * kDeg;
  } else if (rest == Articulation::Rest::kSide) {
    pose.trunk_pitch = 16 * kDeg;
    pose.head_pitch = 18 * kDeg;
  }
  return pose;
}

void topple(Articulation::Rest rest, double weight, SkeletonPose& pose) {
  const double u = std::clamp(weight, 0.0, 1.0);
  const double angle = .5 * std::numbers::pi * u * u * (3 - 2 * u);
  const glm::dquat turn =
      rest == Articulation::Rest::kSide
          ? glm::angleAxis(-angle, Vec3d(1, 0, 0))
          : glm::angleAxis(rest == Articulation::Rest::kProne ? angle : -angle, Vec3d(0, 1, 0));
  const Vec3d before = pose[kPelvis].joint;
  const Vec3d after = turn * before;
  const Vec3d keep(before.x * (1 - u) - after.x, before.y * (1 - u) - after.y, 0);
  for (BonePose& bone : pose) {
    bone.joint = turn * bone.joint + keep;
    bone.rotation = turn * bone.rotation;
  }
}

}  // namespace oddroad::asset
