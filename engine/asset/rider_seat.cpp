#include "engine/asset/rider_seat.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/asset/bicycle_rider.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

constexpr double kDeg = std::numbers::pi / 180;

SeatContact mirrored(SeatContact c) {
  c.tread_m[1] = c.tread_m[0] * Vec3d(1, -1, 1);
  c.grip_m[1] = c.grip_m[0] * Vec3d(1, -1, 1);
  return c;
}

SeatContact motorcycle() {
  SeatContact c;
  c.seat_m = {.46, 0, .82};
  c.pelvis_pitch = 14 * kDeg;
  c.trunk_pitch = 8 * kDeg;
  c.head_pitch = 6 * kDeg;
  c.tread_m[0] = {.60, .27, .36};
  c.foot_pitch = -8 * kDeg;
  c.grip_m[0] = {.98, .36, 1.03};
  c.steer_axis_m = {1.06, 0, 0};
  return mirrored(c);
}

SeatContact moped() {
  SeatContact c;
  c.seat_m = {.24, 0, .78};
  c.pelvis_pitch = 4 * kDeg;
  c.trunk_pitch = 4 * kDeg;
  c.head_pitch = 5 * kDeg;
  c.tread_m[0] = {.80, .14, .285};
  c.grip_m[0] = {.86, .31, 1.02};
  c.steer_axis_m = {1.0, 0, 0};
  return mirrored(c);
}

SeatContact scooter() {
  SeatContact c;
  c.stands = true;
  c.seat_m = {.40, 0, 0};
  c.trunk_pitch = 4 * kDeg;
  c.head_pitch = 5 * kDeg;
  c.grip_m[0] = {.765, .20, 1.14};
  c.steer_axis_m = {.82, 0, 0};
  c = mirrored(c);
  // Feet in line on the deck, left one ahead.
  c.tread_m[0] = {.62, .03, .155};
  c.tread_m[1] = {.34, -.03, .155};
  return c;
}

SeatContact wheelchair() {
  SeatContact c;
  c.seat_m = {.10, 0, .50};
  c.pelvis_pitch = -8 * kDeg;
  c.trunk_pitch = 12 * kDeg;
  c.head_pitch = 4 * kDeg;
  c.tread_m[0] = {.66, .10, .145};
  c.grip_m[0] = {0, .30, .305};
  c.rim_radius_m = .275;
  return mirrored(c);
}

void place_foot(const Skeleton& s, const Vec3d& tread, double pitch, double yaw, FootPose& foot) {
  foot.pitch = foot.toe_pitch = pitch;
  foot.yaw = yaw;
  const Vec3d ball(.92 * s.ball_m, 0, -s.ankle_m);
  foot.ankle_m =
      tread - glm::angleAxis(yaw, Vec3d(0, 0, 1)) * (glm::angleAxis(-pitch, Vec3d(0, 1, 0)) * ball);
}

void hold_bar(const Skeleton& s, const SeatContact& c, double steer, BodyPose& pose) {
  pose.grip = 1;
  for (int side = 0; side < 2; ++side) {
    const double y = side_sign(side);
    const glm::dquat turn = glm::angleAxis(steer, Vec3d(0, 0, 1));
    const Vec3d grip = c.steer_axis_m + turn * (c.grip_m[side] - c.steer_axis_m);
    const Vec3d bar = glm::angleAxis(steer + y * .25, Vec3d(0, 0, 1)) * Vec3d(0, -y, 0);
    const Vec3d along = glm::normalize(glm::cross(Vec3d(0, 0, y), bar) + Vec3d(0, 0, -.25));
    const Vec3d thumb = glm::normalize(bar - along * glm::dot(bar, along));
    const HandHold hold = hold_at(grip, along, thumb, side, s);
    pose.wrist_m[side] = hold.wrist_m;
    pose.hand[side] = hold.rotation;
  }
}

// From eleven to two o'clock on the rim in 40 % of the cycle, then back through the air.
void push_rims(const SeatContact& c, double travelled_m, double speed_mps, BodyPose& pose) {
  const double u = travelled_m / c.push_m - std::floor(travelled_m / c.push_m);
  const bool still = std::abs(speed_mps) < .05;
  const double from = 115 * kDeg;  // from +x over the top
  const double to = 45 * kDeg;
  const double stroke = u < .4 ? u / .4 : 1 - (u - .4) / .6;
  const double smooth = stroke * stroke * (3 - 2 * stroke);
  const double angle = still ? 85 * kDeg : from + smooth * (to - from);
  const double off = u < .4 || still ? 0 : .07 * std::sin(std::numbers::pi * (u - .4) / .6);
  for (int side = 0; side < 2; ++side) {
    const double r = c.rim_radius_m + .03 + off;
    pose.wrist_m[side] = c.grip_m[side] + Vec3d(r * std::cos(angle), side_sign(side) * .03,
                                                r * std::sin(angle) + .03);
  }
  pose.trunk_pitch += (still ? 0 : 8 * kDeg * smooth);
}

}  // namespace

std::optional<SeatContact> seat_of(const std::string& type) {
  if (type == "motorcycle.rider") return motorcycle();
  if (type == "moped.rider") return moped();
  if (type == "scooter.rider") return scooter();
  if (type == "wheelchair.sitter") return wheelchair();
  return std::nullopt;
}

BodyPose seat_pose(const Skeleton& s, const SeatContact& c, const Articulation& a) {
  BodyPose pose;
  pose.pelvis_pitch = c.pelvis_pitch;
  pose.trunk_pitch = c.trunk_pitch;
  pose.head_pitch = c.head_pitch;
  for (int side = 0; side < 2; ++side) {
    const double y = side_sign(side);
    place_foot(s, c.tread_m[side], c.foot_pitch, y * (c.stands ? 8 : 5) * kDeg, pose.foot[side]);
    pose.knee_yaw[side] = y * (c.stands ? 6 : 9) * kDeg;
  }
  pose.pelvis_m = c.seat_m + Vec3d(0, 0, .058 * s.stature_m);
  if (c.stands) {
    // Knees a little bent, hips between the feet.
    const double ankle = .5 * (pose.foot[0].ankle_m.z + pose.foot[1].ankle_m.z);
    const double x = .5 * (pose.foot[0].ankle_m.x + pose.foot[1].ankle_m.x) + .02;
    pose.pelvis_m = {x, 0, ankle + .965 * (s.thigh_m + s.shank_m)};
  }
  if (c.idle_hands) {
    for (int side = 0; side < 2; ++side) {
      pose.wrist_m[side] = c.seat_m + Vec3d(.16 * s.stature_m, side_sign(side) * .05 * s.stature_m,
                                            .11 * s.stature_m);
    }
  } else if (c.rim_radius_m > 0) {
    push_rims(c, a.travelled_m, a.speed_mps, pose);
  } else {
    hold_bar(s, c, a.steer_rad, pose);
  }
  return pose;
}

}  // namespace oddroad::asset
