// The bones of a quadruped and how a pose of trunk, head and feet turns into bone positions. Legs
// move in planes parallel to the x-z plane: two bones solved for a third (the cannon) whose slope
// the gait prescribes, down to a foot that stays where it was put.
//
// Model frame: ground below the hip joints, x forward, y left, z up, metres. The bind pose stands.
// Angles in radians; a direction is measured from straight down, forward positive.
#pragma once

#include <array>

#include "engine/asset/animal_shape.h"
#include "engine/asset/bone_skin.h"

namespace oddroad::asset {

// Legs in the order of footfall tables: left hind, left fore, right hind, right fore.
inline constexpr int kLegs = 4;
constexpr bool is_fore(int leg) {
  return leg % 2 == 1;
}
constexpr double leg_side(int leg) {
  return leg < 2 ? 1.0 : -1.0;
}

namespace animal_bone {
enum : std::uint8_t { kHips, kChest, kNeck, kHead, kTail, kTailTip, kFirstLeg };
enum Segment : std::uint8_t { kUpper, kLower, kCannon, kFoot, kSegments };
constexpr std::uint8_t of(int leg, Segment segment) {
  return static_cast<std::uint8_t>(kFirstLeg + leg * kSegments + segment);
}
inline constexpr int kCount = kFirstLeg + kLegs * kSegments;
}  // namespace animal_bone

struct LegRig {
  double upper_m = 0, lower_m = 0, cannon_m = 0;
  std::array<double, 3> rest_rad{};  // directions of the three in the bind pose
  [[nodiscard]] double reach_m() const { return upper_m + lower_m + cannon_m; }
};

struct AnimalRig {
  BoneRig bones;
  std::array<LegRig, kLegs> leg;
  double pastern_m = 0;  // height of the fetlock (of a paw: the wrist) over the ground
  double toe_m = 0;      // from the fetlock ahead to the tip of the foot
  math::Vec3d nose_m{0};
};
AnimalRig make_animal_rig(const AnimalShape& shape);

struct AnimalPose {
  double rise_m = 0;     // of the hips over the bind pose
  double pitch_rad = 0;  // of the trunk about the hips, forehand down
  double chest_rad = 0;  // of the forehand against the hindquarters
  double neck_rad = 0;   // down, against the bind pose of the chest
  double head_rad = 0;   // down, against the bind pose of the model
  double look_rad = 0;   // to the left
  double tail_rad = 0;   // sway to the left
  double tail_lift_rad = 0;
  struct Foot {
    math::Vec3d fetlock_m{0};
    double cannon_rad = 0;  // direction of the cannon, as far as the leg reaches
    double pitch_rad = 0;   // toes up
  } foot[kLegs];
};
AnimalPose standing_pose(const AnimalRig& rig);
AnimalPose mix(const AnimalPose& a, const AnimalPose& b, double u);
RigPose solve(const AnimalRig& rig, const AnimalPose& pose);
// Where a leg hangs from in a pose.
math::Vec3d leg_root(const AnimalRig& rig, const AnimalPose& pose, int leg);

}  // namespace oddroad::asset
