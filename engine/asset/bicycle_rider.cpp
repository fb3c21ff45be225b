#include "engine/asset/bicycle_rider.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/asset/bicycle.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

constexpr double kDeg = std::numbers::pi / 180;

}  // namespace

HandHold hold_at(const Vec3d& bar, const Vec3d& along, const Vec3d& thumb, int side,
                 const Skeleton& s) {
  const int hand = bone_of(kHand, side);
  const Vec3d bind_along = glm::normalize(s.joint[hand] - s.joint[bone_of(kForearm, side)]);
  const Vec3d bind_thumb(1, 0, 0);
  const glm::dmat3 from(bind_along, bind_thumb, glm::cross(bind_along, bind_thumb));
  const glm::dmat3 to(along, thumb, glm::cross(along, thumb));
  const glm::dmat3 turn = to * glm::transpose(from);
  // From the wrist to the middle of the fist, in the hand of the bind pose (person_hands.cpp).
  const Vec3d palm = glm::cross(bind_thumb, bind_along) *
                     (glm::cross(bind_thumb, bind_along).y * side_sign(side) > 0 ? -1.0 : 1.0);
  const double size = .106 * s.stature_m;
  return {bar - turn * ((bind_along * .62 + palm * .20) * size),
          glm::normalize(glm::quat_cast(turn))};
}

BicycleContact bicycle_contact(double rider_height_m) {
  BicycleContact c;
  // The saddle tube slopes back at 69 degrees; 0.46 of stature is inseam.
  const double raise = .55 * (rider_height_m - 1.775);
  c.saddle_m = {.235 - .36 * raise, 0, .935 + raise};
  c.crank_m = {.440, 0, .285};
  c.crank_length_m = .170;
  c.pedal_y_m = .142;
  c.pedal_top_m = .018;
  for (int side = 0; side < 2; ++side) {
    c.grip_m[side] = {.735, side_sign(side) * .275, 1.035 + .3 * std::max(-.1, raise)};
  }
  return c;
}

RiderFit fit_rider(const Skeleton& skeleton, double height_m) {
  return {bicycle_contact(height_m), .058 * skeleton.stature_m};
}

BodyPose riding_pose(const Skeleton& s, const RiderFit& fit, const Articulation& a) {
  BodyPose pose;
  const BicycleContact& c = fit.contact;
  const double rock = std::cos(2 * std::numbers::pi * a.phase);
  pose.pelvis_m = c.saddle_m + Vec3d(-.005, .004 * rock, fit.hip_over_saddle_m);
  pose.pelvis_pitch = 17 * kDeg;
  pose.pelvis_roll = 1.2 * kDeg * rock;
  pose.trunk_roll = -1.2 * kDeg * rock;
  pose.trunk_pitch = 9 * kDeg;
  pose.head_pitch = 6 * kDeg;
  pose.grip = 1;
  for (int side = 0; side < 2; ++side) {
    const double y = side_sign(side);
    const double angle = 2 * std::numbers::pi * (a.phase + (side == 0 ? .5 : 0));
    // Heel slightly raised, more on the way up.
    const double pitch = (-14 + 9 * std::sin(angle - .6)) * kDeg;
    const Vec3d pedal = c.crank_m + Vec3d(c.crank_length_m * std::cos(angle), y * c.pedal_y_m,
                                          -c.crank_length_m * std::sin(angle) + c.pedal_top_m);
    FootPose& foot = pose.foot[side];
    foot.pitch = foot.toe_pitch = pitch;
    foot.yaw = y * 4 * kDeg;
    // The ball of the foot over the pedal axle.
    const Vec3d ball(.92 * s.ball_m, 0, -s.ankle_m);
    const Vec3d turned =
        glm::angleAxis(foot.yaw, Vec3d(0, 0, 1)) * (glm::angleAxis(-pitch, Vec3d(0, 1, 0)) * ball);
    foot.ankle_m = pedal - turned;
    pose.knee_yaw[side] = y * 5 * kDeg;
    // The fist closes ahead of the wrist; steering moves the grips around the head tube.
    const Vec3d pivot(.86, 0, 0);
    const Vec3d grip =
        pivot + glm::angleAxis(a.steer_rad, Vec3d(0, 0, 1)) * (c.grip_m[side] - pivot);
    // Knuckles ahead and a little down, palm on the grip, thumb towards the stem.
    const Vec3d bar = glm::angleAxis(a.steer_rad + y * .55, Vec3d(0, 0, 1)) * Vec3d(0, -y, 0);
    const Vec3d along = glm::normalize(glm::cross(Vec3d(0, 0, y), bar) + Vec3d(0, 0, -.30));
    const Vec3d thumb = glm::normalize(bar - along * glm::dot(bar, along));
    const HandHold hold = hold_at(grip, along, thumb, side, s);
    pose.wrist_m[side] = hold.wrist_m;
    pose.hand[side] = hold.rotation;
  }
  return pose;
}

double rider_phase_per_metre() {
  return kCrankTurnsPerMetre;
}

}  // namespace oddroad::asset
