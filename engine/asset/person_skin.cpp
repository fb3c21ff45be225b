#include "engine/asset/person_skin.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/asset/person_field.h"

namespace oddroad::asset {

using math::Vec3d;
using math::Vec3f;

void skin(const Skeleton& skeleton, const SkeletonPose& pose, const math::TriangleMesh& bind,
          const std::vector<SkinVertex>& weights, std::vector<Vec3f>& positions,
          std::vector<Vec3f>& normals) {
  std::array<glm::quat, kBoneCount> rotation;
  std::array<Vec3f, kBoneCount> from;
  std::array<Vec3f, kBoneCount> to;
  for (int b = 0; b < kBoneCount; ++b) {
    rotation[b] = glm::quat(pose[b].rotation);
    from[b] = Vec3f(skeleton.joint[b]);
    to[b] = Vec3f(pose[b].joint);
  }
  const std::size_t n = bind.positions.size();
  positions.resize(n);
  normals.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint8_t b = weights[i].bone;
    const float w = weights[i].weight;
    glm::quat q = rotation[b];
    if (w < 1) {
      const glm::quat& parent = rotation[skeleton.parent[b]];
      const float sign = glm::dot(q, parent) < 0 ? -1.0f : 1.0f;
      q = glm::normalize(q * w + parent * (sign * (1 - w)));
    }
    positions[i] = to[b] + q * (bind.positions[i] - from[b]);
    normals[i] = q * bind.normals[i];
  }
}

SkinWeights::SkinWeights(const Skeleton& skeleton, const BodyShape& shape)
    : skeleton_(skeleton),
      h_(shape.stature_m),
      crotch_z_(shape.crotch * shape.stature_m + shape.sole_m),
      chest_half_breadth_(0) {
  for (const BodySection& ring : shape.torso) {
    chest_half_breadth_ = std::max(chest_half_breadth_, .5 * ring.breadth * h_);
  }
}

double SkinWeights::shoulder(const Vec3d& p, int side, bool sleeve) const {
  const double sign = side_sign(side);
  const Vec3d joint = skeleton_.joint[bone_of(kUpperArm, side)];
  const Vec3d d = p - joint;
  // Across the plane that halves the angle between shoulder line and arm.
  const double t = d.y * sign * .889 - d.z * .458;
  const double w = smooth_step(-.050 * h_, .050 * h_, t);
  // The flank below the armpit stays with the chest.
  const double flank = smooth_step(-.085 * h_, -.020 * h_, d.z);
  const double outside =
      smooth_step(.96 * chest_half_breadth_, .96 * chest_half_breadth_ + .035 * h_, p.y * sign);
  const double reach = sleeve ? 1 : smooth_step(-.13 * h_, -.06 * h_, d.z);
  return w * (flank + (1 - flank) * outside * reach);
}

double SkinWeights::hip(const Vec3d& p, int side) const {
  const double hip_z = skeleton_.joint[kPelvis].z;
  const double w = 1 - smooth_step(crotch_z_ - .045 * h_, hip_z + .012 * h_, p.z);
  const double lateral = smooth_step(-.004 * h_, .05 * h_, p.y * side_sign(side));
  const double above = smooth_step(crotch_z_ - .055 * h_, crotch_z_, p.z);
  return w * (1 - above * (1 - lateral));
}

SkinVertex SkinWeights::trunk(const Vec3d& p) const {
  const int side = p.y >= 0 ? 0 : 1;
  const auto weight = [](double w) {
    return static_cast<float>(w);
  };
  const double half = .036 * h_;
  if (p.z < skeleton_.joint[kSpine1].z - half) {
    return {bone_of(kThigh, side), weight(hip(p, side))};
  }
  const double arm = shoulder(p, side, false);
  const double head_z = skeleton_.joint[kHead].z;
  const double neck_z = skeleton_.joint[kNeck].z;
  if (arm > 0 && p.z < neck_z + .01 * h_) return {bone_of(kUpperArm, side), weight(arm)};
  if (p.z > head_z - .022 * h_) {
    return {kHead, weight(smooth_step(head_z - .022 * h_, head_z + .022 * h_, p.z))};
  }
  for (int bone = kNeck; bone >= kSpine1; --bone) {
    const double z = skeleton_.joint[bone].z;
    const double width = bone == kNeck ? .024 * h_ : half;
    if (p.z > z - width || bone == kSpine1) {
      return {static_cast<std::uint8_t>(bone), weight(smooth_step(z - width, z + width, p.z))};
    }
  }
  return {kPelvis, 1};
}

SkinVertex SkinWeights::arm(const Vec3d& p, int side) const {
  const Vec3d root = skeleton_.joint[bone_of(kUpperArm, side)];
  const Vec3d axis = glm::normalize(skeleton_.joint[bone_of(kHand, side)] - root);
  const double s = glm::dot(p - root, axis);
  const double elbow = skeleton_.upper_arm_m;
  const double wrist = elbow + skeleton_.forearm_m;
  const auto about = [&](Bone bone, double centre, double half) {
    return SkinVertex{bone_of(bone, side),
                      static_cast<float>(smooth_step(centre - half, centre + half, s))};
  };
  if (s > wrist - .022 * h_) return about(kHand, wrist, .022 * h_);
  if (s > elbow - .040 * h_) return about(kForearm, elbow, .040 * h_);
  return {bone_of(kUpperArm, side), static_cast<float>(shoulder(p, side, true))};
}

SkinVertex SkinWeights::leg(const Vec3d& p, int side) const {
  const Vec3d root = skeleton_.joint[bone_of(kThigh, side)];
  const Vec3d axis = glm::normalize(skeleton_.joint[bone_of(kFoot, side)] - root);
  const double s = glm::dot(p - root, axis);
  const double knee = skeleton_.thigh_m;
  const double ankle = knee + skeleton_.shank_m;
  const auto about = [&](Bone bone, double centre, double half) {
    return SkinVertex{bone_of(bone, side),
                      static_cast<float>(smooth_step(centre - half, centre + half, s))};
  };
  if (s > ankle - .03 * h_) return about(kFoot, ankle + .012 * h_, .035 * h_);
  if (s > knee - .045 * h_) return about(kShank, knee, .045 * h_);
  return {bone_of(kThigh, side), static_cast<float>(hip(p, side))};
}

SkinVertex SkinWeights::foot(const Vec3d& p, int side) const {
  const Vec3d ball = skeleton_.joint[bone_of(kToe, side)];
  // All of the bend lies behind the joint: what is ahead stays flat on the ground.
  return {bone_of(kToe, side), static_cast<float>(smooth_step(ball.x - .03 * h_, ball.x, p.x))};
}

}  // namespace oddroad::asset
