#include "engine/asset/gait.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/gait_curves.h"
#include "engine/asset/gait_step.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

constexpr double kDeg = 3.14159265358979323846 / 180;

double lerp(double a, double b, double u) {
  return a + u * (b - a);
}
double smooth(double a, double b, double x) {
  const double u = std::clamp((x - a) / (b - a), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

// Metres of step per (step / minute), by stature.
double walk_ratio(double stature_m) {
  constexpr double kRows[5][2] = {
      {1.10, .0028}, {1.28, .00353}, {1.50, .0047}, {1.64, .0058}, {1.775, .0065}};
  int i = 0;
  while (i < 3 && stature_m > kRows[i + 1][0]) ++i;
  const double u = (stature_m - kRows[i][0]) / (kRows[i + 1][0] - kRows[i][0]);
  return std::max(.0018, lerp(kRows[i][1], kRows[i + 1][1], std::min(u, 1.5)));
}

void add_arms(const GaitStyle& style, double phase, double speed_mps, double run, double gain,
              double childlike, BodyPose& pose) {
  using namespace curves;
  const double arc = std::max(14.0, 20 + 12 * speed_mps) / 35.6;
  for (int side = 0; side < 2; ++side) {
    const double p = phase + (side == 0 ? .5 : 0);
    const double swing = style.arm_swing[side];
    const double walk_flexion =
        kWalkShoulder.mean + arc * swing * gain * (kWalkShoulder(p) - kWalkShoulder.mean);
    const double run_flexion =
        kRunShoulder.mean + 4 + 1.15 * swing * (kRunShoulder(p) - kRunShoulder.mean);
    const double walk_elbow =
        22 + (.7 * kWalkElbow.mean - 14) * gain + swing * gain * (kWalkElbow(p) - kWalkElbow.mean);
    ArmPose& arm = pose.arm[side];
    arm.flexion = kDeg * lerp(walk_flexion + 4, run_flexion, run);
    arm.abduction = kDeg * lerp(9, .55 * kRunAbduction(p) + 6 * childlike, run);
    arm.elbow = kDeg * lerp(walk_elbow, kRunElbow(p), run);
    arm.inward = kDeg * lerp(8, 24 - 8 * childlike, run);
  }
}

void add_trunk(const GaitStyle& style, double phase, double speed_mps, double run, double gain,
               BodyPose& pose) {
  using namespace curves;
  const double yaw_gain = gain * std::clamp((2.5 + 2 * (speed_mps - .9)) / 3.5, .3, 1.5);
  pose.pelvis_yaw = kDeg * yaw_gain * kWalkPelvisYaw(phase);
  pose.pelvis_roll = -kDeg * lerp(gain * kWalkPelvisList(phase), kRunPelvisList(phase), run);
  pose.pelvis_pitch = kDeg * lerp(2, 7, run);
  pose.trunk_yaw = kDeg * lerp(yaw_gain * kWalkTrunkYaw(phase), kRunTrunkYaw(phase), run);
  pose.trunk_roll = kDeg * lerp(gain * kWalkTrunkBend(phase), kRunTrunkBend(phase), run);
  pose.trunk_pitch = style.lean_rad + kDeg * lerp(1.5, 3.5, run);
  // The head is steadied against the trunk.
  pose.head_yaw = .2 * (pose.pelvis_yaw + pose.trunk_yaw);
  pose.head_roll = .2 * (pose.pelvis_roll + pose.trunk_roll);
  pose.head_pitch = .3 * style.lean_rad + kDeg * lerp(2, 4, run);
}

// Lowers the pelvis where a bearing leg would not reach its foot.
void keep_reach(const Skeleton& s, BodyPose& pose) {
  const glm::dquat turn = glm::angleAxis(pose.pelvis_yaw, Vec3d(0, 0, 1)) *
                          glm::angleAxis(pose.pelvis_pitch, Vec3d(0, 1, 0)) *
                          glm::angleAxis(pose.pelvis_roll, Vec3d(1, 0, 0));
  const double reach = .9995 * (s.thigh_m + s.shank_m);
  for (int side = 0; side < 2; ++side) {
    const Vec3d hip = pose.pelvis_m + turn * (s.joint[bone_of(kThigh, side)] - s.joint[kPelvis]);
    const Vec3d d = hip - pose.foot[side].ankle_m;
    const double square = reach * reach - d.x * d.x - d.y * d.y;
    const double excess = d.z - std::sqrt(std::max(0.0, square));
    if (excess > 0) pose.pelvis_m.z -= excess;
  }
}

}  // namespace

double running_share(double stature_m, double speed_mps) {
  // Leg length is about .53 of stature; people change over near v^2 = 0.5 g l.
  const double change = std::sqrt(0.5 * 9.81 * 0.53 * stature_m);
  return smooth(.88 * change, 1.08 * change, speed_mps);
}

double stride_m(double stature_m, const GaitStyle& style, double speed_mps) {
  const double v = std::max(speed_mps, 0.02);
  const double walk = 2 * std::sqrt(walk_ratio(stature_m) * 60 * v);
  const double size = std::pow(std::min(stature_m, 1.9) / 1.75, .8);
  const double run = v * size * std::clamp(.74 - .032 * (v - 2.5), .5, .76);
  return style.stride * lerp(walk, run, running_share(stature_m, v));
}

BodyPose standing_pose(const Skeleton& s, const GaitStyle& style) {
  BodyPose pose;
  const int rest = style.resting_side;
  const double sign = side_sign(rest);
  const double h = s.stature_m;
  // Weight on one leg: hip over that foot, the other foot ahead and aside with a bent knee.
  pose.pelvis_m = {0, sign * .012 * h, 0};
  pose.pelvis_roll = sign * 3.5 * kDeg;
  pose.trunk_roll = -sign * 3.0 * kDeg;
  pose.pelvis_pitch = 1 * kDeg;
  pose.trunk_pitch = style.lean_rad + 1 * kDeg;
  pose.head_pitch = 3 * kDeg;
  pose.head_yaw = -sign * 4 * kDeg;
  for (int side = 0; side < 2; ++side) {
    const double y = side_sign(side);
    FootPose& foot = pose.foot[side];
    const bool bears = side == rest;
    foot.ankle_m = {(bears ? -.012 : .028) * h, y * (bears ? .048 : .062) * h, s.ankle_m};
    foot.yaw = y * (bears ? style.toe_out_rad : style.toe_out_rad + .12);
    pose.knee_yaw[side] = foot.yaw;
    pose.arm[side] = {(bears ? -2 : 2) * kDeg, 9 * kDeg, (bears ? 14 : 18) * kDeg, 10 * kDeg};
  }
  pose.pelvis_m.z = s.ankle_m + s.thigh_m + s.shank_m;
  keep_reach(s, pose);
  pose.pelvis_m.z -= .001 * h;
  return pose;
}

BodyPose gait_pose(const Skeleton& s, const GaitStyle& style, const Articulation& a) {
  const BodyPose standing = standing_pose(s, style);
  const double weight = std::clamp(a.walk_weight, 0.0, 1.0);
  if (weight <= 0) return standing;
  const double run = std::clamp(a.run_weight, 0.0, 1.0);
  const LegPlan plan = plan_leg(s, style, std::max(a.speed_mps, 0.02), run);
  const double gain = plan.lift;
  const double cycle = a.phase + a.phase_offset;  // of the right leg
  const double childlike = std::clamp((1.6 - s.stature_m) / .4, 0.0, 1.0);

  BodyPose pose;
  add_trunk(style, cycle, a.speed_mps, run, gain, pose);
  add_arms(style, cycle, a.speed_mps, run, gain, childlike, pose);
  pose.pelvis_m.z = plan.hip_height_m + bob_m(s, plan, cycle);
  pose.pelvis_m.y =
      -.001 * (s.stature_m / 1.75) * gain * (1 - run) * curves::kWalkPelvisSway(cycle);
  const double width = lerp(style.step_width_m, .35 * style.step_width_m, run) * s.stature_m / 1.75;
  for (int side = 0; side < 2; ++side) {
    const double y = side_sign(side);
    const double phase = cycle + (side == 0 ? .5 : 0);
    const FootState foot = foot_at(s, plan, phase);
    // The swinging foot passes the other in a small arc.
    const double u = (phase - std::floor(phase) - plan.stance) / (1 - plan.stance);
    const double arc = u > 0 ? .009 * s.stature_m * u * (1 - u) * 4 : 0;
    const double out = lerp(style.toe_out_rad, .05, run);
    const double yaw = y * out;
    pose.foot[side] = {{foot.x_m + foot.roll_m * (std::cos(yaw) - 1),
                        y * (width / 2 + arc) + foot.roll_m * std::sin(yaw), foot.z_m},
                       foot.pitch,
                       yaw,
                       foot.toe_pitch};
    pose.knee_yaw[side] = y * out * .6;
  }
  keep_reach(s, pose);
  return weight >= 1 ? pose : mix(standing, pose, weight);
}

}  // namespace oddroad::asset
