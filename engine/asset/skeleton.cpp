#include "engine/asset/skeleton.h"

#include <algorithm>
#include <cmath>

namespace oddroad::asset {

using math::Vec3d;

namespace {

glm::dquat about(const Vec3d& axis, double angle) {
  return glm::angleAxis(angle, axis);
}
const Vec3d kX{1, 0, 0};
const Vec3d kY{0, 1, 0};
const Vec3d kZ{0, 0, 1};

Vec3d arm_bind_direction(int side) {
  return {0, side_sign(side) * std::sin(kBindArmRad), -std::cos(kBindArmRad)};
}
Vec3d leg_bind_direction(int side) {
  return {0, side_sign(side) * std::sin(kBindLegRad), -std::cos(kBindLegRad)};
}

// The rotation that takes a bone along `from` with hinge `from_hinge` to `to` with `to_hinge`.
glm::dquat between(const Vec3d& from, const Vec3d& from_hinge, const Vec3d& to,
                   const Vec3d& to_hinge) {
  const glm::dmat3 a(from, from_hinge, glm::cross(from, from_hinge));
  const glm::dmat3 b(to, to_hinge, glm::cross(to, to_hinge));
  return glm::normalize(glm::quat_cast(b * glm::transpose(a)));
}

Vec3d orthogonal(const Vec3d& v, const Vec3d& direction) {
  const Vec3d out = v - direction * glm::dot(v, direction);
  const double length = glm::length(out);
  return length > 1e-9 ? out / length : Vec3d(0, 1, 0);
}

struct TwoBones {
  Vec3d upper, lower;  // directions
  Vec3d bend;          // towards the middle joint, orthogonal to root-target
};
TwoBones reach(const Vec3d& root, const Vec3d& target, double a, double b, const Vec3d& pole) {
  const Vec3d d = target - root;
  const double length = glm::length(d);
  const Vec3d along = length > 1e-9 ? d / length : Vec3d(0, 0, -1);
  const double c = std::clamp(length, std::abs(a - b) + 1e-6, (a + b) * (1 - 1e-7));
  const double cosine = std::clamp((a * a + c * c - b * b) / (2 * a * c), -1.0, 1.0);
  const double sine = std::sqrt(1 - cosine * cosine);
  const Vec3d bend = orthogonal(pole, along);
  const Vec3d upper = along * cosine + bend * sine;
  return {upper, glm::normalize(along * c - upper * a), bend};
}

void solve_leg(const Skeleton& s, const BodyPose& pose, int side, SkeletonPose& out) {
  const FootPose& foot = pose.foot[side];
  const int thigh = bone_of(kThigh, side);
  const int shank = bone_of(kShank, side);
  const int ankle = bone_of(kFoot, side);
  const int toe = bone_of(kToe, side);
  const Vec3d hip = out[thigh].joint;
  const Vec3d forward = about(kZ, pose.knee_yaw[side]) * kX;
  const TwoBones leg = reach(hip, foot.ankle_m, s.thigh_m, s.shank_m, forward);
  const Vec3d bind = leg_bind_direction(side);
  const Vec3d along = glm::normalize(foot.ankle_m - hip);
  const Vec3d hinge = glm::normalize(glm::cross(leg.bend, along));
  out[thigh].rotation = between(bind, orthogonal(kY, bind), leg.upper, hinge);
  out[shank].joint = hip + leg.upper * s.thigh_m;
  out[shank].rotation = between(bind, orthogonal(kY, bind), leg.lower, hinge);
  out[ankle].joint = out[shank].joint + leg.lower * s.shank_m;
  out[ankle].rotation = about(kZ, foot.yaw) * about(kY, -foot.pitch);
  out[toe].joint = out[ankle].joint + out[ankle].rotation * (s.joint[toe] - s.joint[ankle]);
  out[toe].rotation = about(kZ, foot.yaw) * about(kY, -foot.toe_pitch);
}

void solve_arm(const Skeleton& s, const BodyPose& pose, int side, SkeletonPose& out) {
  const double sign = side_sign(side);
  const ArmPose& arm = pose.arm[side];
  const int clavicle = bone_of(kClavicle, side);
  const int upper = bone_of(kUpperArm, side);
  const int forearm = bone_of(kForearm, side);
  const int hand = bone_of(kHand, side);
  const glm::dquat chest = out[kSpine3].rotation;
  // The shoulder blade follows the arm a little.
  const double follow = pose.wrist_m[side] ? 0.12 : 0.10 * arm.flexion;
  out[clavicle].rotation = chest * about(kZ, -sign * follow);
  out[clavicle].joint = out[kSpine3].joint + chest * (s.joint[clavicle] - s.joint[kSpine3]);
  out[upper].joint =
      out[clavicle].joint + out[clavicle].rotation * (s.joint[upper] - s.joint[clavicle]);
  Vec3d direction;
  Vec3d lower;
  Vec3d hinge;
  if (pose.wrist_m[side]) {
    const Vec3d target = *pose.wrist_m[side];
    const TwoBones bones = reach(out[upper].joint, target, s.upper_arm_m, s.forearm_m,
                                 Vec3d(-0.30, sign * 0.42, -0.85));
    direction = bones.upper;
    lower = bones.lower;
    hinge = glm::normalize(glm::cross(glm::normalize(target - out[upper].joint), bones.bend));
  } else {
    const glm::dquat swing = chest * about(kY, -arm.flexion) * about(kX, sign * arm.abduction);
    direction = swing * Vec3d(0, 0, -1);
    hinge = about(direction, sign * arm.inward) * (swing * kY);
    lower = about(hinge, -arm.elbow) * direction;
  }
  const Vec3d bind = arm_bind_direction(side);
  const Vec3d bind_hinge = orthogonal(kY, bind);
  out[upper].rotation = between(bind, bind_hinge, direction, hinge);
  out[forearm].joint = out[upper].joint + direction * s.upper_arm_m;
  const glm::dquat straight = between(bind, bind_hinge, lower, hinge);
  // Palms face the thighs in the bind pose; half of what turns them down happens in the forearm.
  out[forearm].rotation = about(lower, -sign * 0.6 * pose.grip) * straight;
  out[hand].joint = out[forearm].joint + lower * s.forearm_m;
  out[hand].rotation = pose.hand[side] ? *pose.hand[side] : straight;
}

}  // namespace

Skeleton make_skeleton(const BodyShape& shape) {
  Skeleton s;
  const double h = shape.stature_m;
  const double ground = shape.sole_m;
  s.stature_m = h;
  const auto up = [&](double x, double y, double z) {
    return Vec3d(x * h, y * h, z * h + ground);
  };
  const double neck_base = shape.torso.back().at;
  const auto spine = [&](double t) {
    return shape.hip + t * (neck_base - shape.hip);
  };
  s.joint[kPelvis] = up(0, 0, shape.hip);
  s.joint[kSpine1] = up(-.006, 0, spine(.13));
  s.joint[kSpine2] = up(-.006, 0, spine(.36));
  s.joint[kSpine3] = up(-.010, 0, spine(.60));
  s.joint[kNeck] = up(-.014, 0, neck_base - .005);
  s.joint[kHead] = up(-.004, 0, shape.chin + .025);
  s.parent = {kPelvis, kPelvis, kSpine1, kSpine2, kSpine3, kNeck};
  s.upper_arm_m = shape.upper_arm * h;
  s.forearm_m = shape.forearm * h;
  s.thigh_m = (shape.hip - shape.knee) * h;
  s.shank_m = (shape.knee - shape.ankle) * h;
  s.heel_m = .225 * shape.foot_length * h;
  s.ball_m = .495 * shape.foot_length * h;
  s.toe_m = .79 * shape.foot_length * h + .012;
  s.ball_height_m = .004 * h;
  for (int side = 0; side < 2; ++side) {
    const double y = side_sign(side);
    const auto at = [&](Bone bone) -> Vec3d& {
      return s.joint[bone_of(bone, side)];
    };
    at(kClavicle) = up(-.005, y * .015, shape.shoulder + .004);
    at(kUpperArm) = up(-.008, y * shape.half_shoulder, shape.shoulder);
    at(kForearm) = at(kUpperArm) + arm_bind_direction(side) * s.upper_arm_m;
    at(kHand) = at(kForearm) + arm_bind_direction(side) * s.forearm_m;
    at(kThigh) = up(0, y * shape.half_hip, shape.hip);
    at(kShank) = at(kThigh) + leg_bind_direction(side) * s.thigh_m;
    at(kFoot) = at(kShank) + leg_bind_direction(side) * s.shank_m;
    s.ankle_m = at(kFoot).z;  // spread legs end a little higher
    at(kToe) = at(kFoot) + Vec3d(s.ball_m, 0, -s.ankle_m + s.ball_height_m);
    const auto link = [&](Bone child, std::uint8_t parent) {
      s.parent[bone_of(child, side)] = parent;
    };
    link(kClavicle, kSpine3);
    link(kUpperArm, bone_of(kClavicle, side));
    link(kForearm, bone_of(kUpperArm, side));
    link(kHand, bone_of(kForearm, side));
    link(kThigh, kPelvis);
    link(kShank, bone_of(kThigh, side));
    link(kFoot, bone_of(kShank, side));
    link(kToe, bone_of(kFoot, side));
  }
  return s;
}

BodyPose mix(const BodyPose& a, const BodyPose& b, double u) {
  const auto lerp = [u](double p, double q) {
    return p + u * (q - p);
  };
  BodyPose out = b;
  out.pelvis_m = glm::mix(a.pelvis_m, b.pelvis_m, u);
  for (double BodyPose::*angle :
       {&BodyPose::pelvis_pitch, &BodyPose::pelvis_roll, &BodyPose::pelvis_yaw,
        &BodyPose::trunk_pitch, &BodyPose::trunk_roll, &BodyPose::trunk_yaw, &BodyPose::head_pitch,
        &BodyPose::head_yaw, &BodyPose::head_roll, &BodyPose::grip}) {
    out.*angle = lerp(a.*angle, b.*angle);
  }
  for (int side = 0; side < 2; ++side) {
    out.knee_yaw[side] = lerp(a.knee_yaw[side], b.knee_yaw[side]);
    for (double ArmPose::*angle :
         {&ArmPose::flexion, &ArmPose::abduction, &ArmPose::elbow, &ArmPose::inward}) {
      out.arm[side].*angle = lerp(a.arm[side].*angle, b.arm[side].*angle);
    }
    out.foot[side].ankle_m = glm::mix(a.foot[side].ankle_m, b.foot[side].ankle_m, u);
    for (double FootPose::*angle : {&FootPose::pitch, &FootPose::yaw, &FootPose::toe_pitch}) {
      out.foot[side].*angle = lerp(a.foot[side].*angle, b.foot[side].*angle);
    }
  }
  return out;
}

SkeletonPose solve(const Skeleton& s, const BodyPose& pose) {
  SkeletonPose out;
  out[kPelvis].rotation =
      about(kZ, pose.pelvis_yaw) * about(kY, pose.pelvis_pitch) * about(kX, pose.pelvis_roll);
  out[kPelvis].joint = pose.pelvis_m;
  const glm::dquat third = about(kZ, pose.trunk_yaw / 3) * about(kY, pose.trunk_pitch / 3) *
                           about(kX, pose.trunk_roll / 3);
  for (const int bone : {kSpine1, kSpine2, kSpine3}) {
    const int parent = bone - 1;
    out[bone].joint = out[parent].joint + out[parent].rotation * (s.joint[bone] - s.joint[parent]);
    out[bone].rotation = out[parent].rotation * third;
  }
  out[kHead].rotation =
      about(kZ, pose.head_yaw) * about(kY, pose.head_pitch) * about(kX, pose.head_roll);
  out[kNeck].rotation = glm::normalize(glm::slerp(out[kSpine3].rotation, out[kHead].rotation, 0.5));
  for (const int bone : {kNeck, kHead}) {
    const int parent = bone - 1;
    out[bone].joint = out[parent].joint + out[parent].rotation * (s.joint[bone] - s.joint[parent]);
  }
  for (int side = 0; side < 2; ++side) {
    const int thigh = bone_of(kThigh, side);
    out[thigh].joint =
        out[kPelvis].joint + out[kPelvis].rotation * (s.joint[thigh] - s.joint[kPelvis]);
    solve_leg(s, pose, side, out);
    solve_arm(s, pose, side, out);
  }
  return out;
}

SkeletonPose bind_pose(const Skeleton& skeleton) {
  SkeletonPose out;
  for (int b = 0; b < kBoneCount; ++b) out[b].joint = skeleton.joint[b];
  return out;
}

}  // namespace oddroad::asset
