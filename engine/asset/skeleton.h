// The 22 bones of a person: where the joints lie in the bind pose, and how a pose in human terms
// (angles, feet on the ground, hands on a bar) turns into joint positions and bone rotations.
//
// Model frame (x forward, y left, z up, metres). Bind pose: upright, legs and arms straight and
// spread sideways (kBindLegRad, kBindArmRad), feet flat and straight ahead. A bone's rotation is
// measured from the bind pose, so that all are identity there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "engine/asset/person_shape.h"
#include "engine/math/affine.h"

namespace oddroad::asset {

inline constexpr double kBindArmRad = 0.62;
inline constexpr double kBindLegRad = 0.09;

// Side 0 is left (y > 0), side 1 right: bone_of(kThigh, side).
enum Bone : std::uint8_t {
  kPelvis,
  kSpine1,
  kSpine2,
  kSpine3,
  kNeck,
  kHead,
  kClavicle,
  kUpperArm,
  kForearm,
  kHand,
  kThigh,
  kShank,
  kFoot,
  kToe,
};
inline constexpr int kBonesPerSide = 8;
inline constexpr int kBoneCount = 6 + 2 * kBonesPerSide;
constexpr std::uint8_t bone_of(Bone bone, int side) {
  return static_cast<std::uint8_t>(bone + (bone >= kClavicle ? side * kBonesPerSide : 0));
}
constexpr double side_sign(int side) {
  return side == 0 ? 1.0 : -1.0;
}

struct Skeleton {
  std::array<math::Vec3d, kBoneCount> joint;    // where each bone begins, bind pose
  std::array<std::uint8_t, kBoneCount> parent;  // the pelvis is its own
  double upper_arm_m = 0, forearm_m = 0, thigh_m = 0, shank_m = 0;
  // Foot, from the ankle joint with the foot flat: sole below, heel edge behind, ball and toe
  // ahead.
  double ankle_m = 0, heel_m = 0, ball_m = 0, toe_m = 0;
  double ball_height_m = 0;  // of the toe joint over the ground, inside the sole
  double stature_m = 0;      // barefoot
};
Skeleton make_skeleton(const BodyShape& shape);

// Angles in radians. flexion swings the arm forward, abduction outward, elbow bends; inward turns
// the forearm towards the body's middle.
struct ArmPose {
  double flexion = 0, abduction = 0, elbow = 0, inward = 0;
};
// pitch: toes up. yaw: to the left. toe_pitch is the toes' own pitch against the ground.
struct FootPose {
  math::Vec3d ankle_m{0};
  double pitch = 0, yaw = 0, toe_pitch = 0;
};
struct BodyPose {
  math::Vec3d pelvis_m{0};                                   // middle between the hip joints
  double pelvis_pitch = 0, pelvis_roll = 0, pelvis_yaw = 0;  // forward, left side up, left
  double trunk_pitch = 0, trunk_roll = 0, trunk_yaw = 0;     // relative to the pelvis
  double head_pitch = 0, head_yaw = 0, head_roll = 0;        // against the model frame
  double knee_yaw[2] = {0, 0};                               // where the knees point, to the left
  ArmPose arm[2];
  FootPose foot[2];
  // Where the wrists are held, if something holds them; the elbows then bend as needed.
  std::optional<math::Vec3d> wrist_m[2];
  std::optional<glm::dquat> hand[2];  // rotation of a hand that holds something, model frame
  double grip = 0;                    // 1 = forearms turned for palms that face down
};
// Component-wise; wrists and held hands are taken from b.
BodyPose mix(const BodyPose& a, const BodyPose& b, double u);

struct BonePose {
  glm::dquat rotation{1, 0, 0, 0};  // from the bind pose
  math::Vec3d joint{0};
};
using SkeletonPose = std::array<BonePose, kBoneCount>;
// A foot out of reach is met by a straight leg that points at it.
SkeletonPose solve(const Skeleton& skeleton, const BodyPose& pose);

// The bind pose itself.
SkeletonPose bind_pose(const Skeleton& skeleton);

}  // namespace oddroad::asset
