#include "engine/asset/animal_rig.h"

#include <algorithm>
#include <cmath>

namespace oddroad::asset {

using math::Vec3d;
using namespace animal_bone;

namespace {

glm::dquat about_y(double angle) {
  return glm::angleAxis(angle, Vec3d(0, 1, 0));
}
glm::dquat about_z(double angle) {
  return glm::angleAxis(angle, Vec3d(0, 0, 1));
}
Vec3d direction(double rad) {
  return {std::sin(rad), 0, -std::cos(rad)};
}
double angle_of(const Vec3d& d) {
  return std::atan2(d.x, -d.z);
}

// The middle joint of two bones between points in a plane of constant y; stifles point ahead,
// elbows behind.
Vec3d middle_joint(const Vec3d& root, const Vec3d& end, double a, double b, bool ahead) {
  const Vec3d d = end - root;
  const double length = std::max(1e-9, std::hypot(d.x, d.z));
  const Vec3d along(d.x / length, 0, d.z / length);
  const Vec3d across = Vec3d(-along.z, 0, along.x) * (ahead ? 1.0 : -1.0);
  const double c = std::clamp(length, std::abs(a - b) + 1e-6, (a + b) * (1 - 1e-9));
  const double cosine = std::clamp((a * a + c * c - b * b) / (2 * a * c), -1.0, 1.0);
  return root + along * (a * cosine) + across * (a * std::sqrt(1 - cosine * cosine));
}

struct LegJoints {
  Vec3d middle, top_of_cannon;
};
LegJoints solve_leg(const LegRig& leg, const Vec3d& root, const AnimalPose::Foot& foot, bool fore) {
  const Vec3d end(foot.fetlock_m.x, root.y, foot.fetlock_m.z);
  const double straight = angle_of(end - root);
  const auto top = [&](double u) {
    const double slope = foot.cannon_rad + u * (straight - foot.cannon_rad);
    return end - direction(slope) * leg.cannon_m;
  };
  // The cannon turns into the line of the leg as far as the leg must stretch.
  const double limit = .9999 * (leg.upper_m + leg.lower_m);
  double low = 0;
  double high = glm::length(top(0) - root) <= limit ? 0 : 1;
  for (int i = 0; i < 24 && high > 0; ++i) {
    const double half = .5 * (low + high);
    (glm::length(top(half) - root) <= limit ? high : low) = half;
  }
  const Vec3d cannon = top(high);
  return {middle_joint(root, cannon, leg.upper_m, leg.lower_m, !fore), cannon};
}

struct Trunk {
  glm::dquat hips, chest;
  Vec3d hips_m, chest_m;
};
Trunk trunk_of(const AnimalRig& rig, const AnimalPose& pose) {
  const auto& joint = rig.bones.joint;
  Trunk t;
  t.hips = about_y(pose.pitch_rad);
  t.chest = about_y(pose.pitch_rad + pose.chest_rad);
  t.hips_m = joint[kHips] + Vec3d(0, 0, pose.rise_m);
  t.chest_m = t.hips_m + t.hips * (joint[kChest] - joint[kHips]);
  return t;
}

Vec3d root_in(const AnimalRig& rig, const Trunk& t, const AnimalPose& pose, int leg) {
  const auto& joint = rig.bones.joint;
  const Vec3d& rest = joint[of(leg, kUpper)];
  const Vec3d out(0, pose.foot[leg].fetlock_m.y - rest.y, 0);  // legs spread as their feet do
  if (!is_fore(leg)) return t.hips_m + t.hips * (rest - joint[kHips]) + out;
  // The shoulder blade swings with the leg.
  const double swing = pose.foot[leg].fetlock_m.x - joint[of(leg, kFoot)].x;
  const double limit = .25 * rig.leg[leg].upper_m;
  return t.chest_m + t.chest * (rest - joint[kChest]) + out +
         Vec3d(limit * std::tanh(.3 * swing / limit), 0, 0);
}

void place_leg(AnimalRig& rig, int leg, const Vec3d& root, const Vec3d& middle, const Vec3d& cannon,
               const Vec3d& fetlock) {
  const Vec3d at[] = {root, middle, cannon, fetlock};
  LegRig& out = rig.leg[leg];
  out.upper_m = glm::length(middle - root);
  out.lower_m = glm::length(cannon - middle);
  out.cannon_m = glm::length(fetlock - cannon);
  for (int k = 0; k < 3; ++k) out.rest_rad[k] = angle_of(at[k + 1] - at[k]);
  for (int k = 0; k < kSegments; ++k) {
    const auto bone = of(leg, static_cast<Segment>(k));
    rig.bones.joint[bone] = at[k];
    rig.bones.parent[bone] = k > 0 ? static_cast<std::uint8_t>(bone - 1)
                                   : static_cast<std::uint8_t>(is_fore(leg) ? kChest : kHips);
  }
}

}  // namespace

AnimalRig make_animal_rig(const AnimalShape& s) {
  AnimalRig rig;
  auto& joint = rig.bones.joint;
  joint.resize(kCount);
  rig.bones.parent.assign(kCount, kHips);
  const double w = s.withers_m;
  const double d = s.chest_depth_m;
  rig.pastern_m = (s.paws ? .05 : .075) * w;
  joint[kHips] = {0, 0, s.hip_m()};
  joint[kChest] = {.36 * s.trunk_m, 0, w - .30 * d};
  joint[kNeck] = {.70 * s.trunk_m, 0, w - .34 * d};
  const Vec3d neck(std::cos(s.neck_rad), 0, std::sin(s.neck_rad));
  const Vec3d head(std::cos(s.head_rad), 0, -std::sin(s.head_rad));
  joint[kHead] = joint[kNeck] + neck * s.neck_m;
  rig.nose_m = joint[kHead] + head * s.head_m;
  joint[kTail] = {-.155 * s.trunk_m, 0, s.croup * w - .16 * d};
  const Vec3d tail(-std::cos(s.tail_rad), 0, -std::sin(s.tail_rad));
  joint[kTailTip] = joint[kTail] + tail * (.45 * s.tail_m);
  rig.bones.parent[kNeck] = kChest;
  rig.bones.parent[kHead] = kNeck;
  rig.bones.parent[kTailTip] = kTail;
  const double long_leg = s.elbow_m / (.556 * w);
  const double forward = (s.paws ? .0 : .7) * rig.pastern_m;  // slope of the pastern
  rig.toe_m = s.paws ? 1.5 * s.leg_m : 1.12 * forward + .75 * s.leg_m;
  for (int leg = 0; leg < kLegs; ++leg) {
    const double y = leg_side(leg) * (is_fore(leg) ? .27 : .30) * s.chest_width_m;
    if (is_fore(leg)) {
      const double x = .64 * s.trunk_m - .5 * forward;
      const Vec3d fetlock(x, y, rig.pastern_m);
      const Vec3d elbow(x - .01 * w, y, s.elbow_m);
      const Vec3d carpus(x + .005 * w, y,
                         rig.pastern_m + (s.paws ? .32 : .44) * (s.elbow_m - rig.pastern_m));
      place_leg(rig, leg, elbow + Vec3d(.15 * w, 0, .155 * w), elbow, carpus, fetlock);
    } else {
      const double cannon = (s.paws ? .19 : .25) * w * long_leg;
      const Vec3d fetlock(-.07 * s.trunk_m - forward, y, rig.pastern_m);
      const Vec3d hock = fetlock + Vec3d(-.10 * cannon, 0, cannon);
      const Vec3d hip(0, y, s.hip_m());
      const double both = 1.15 * glm::length(hock - hip);
      place_leg(rig, leg, hip, middle_joint(hip, hock, .49 * both, .51 * both, true), hock,
                fetlock);
    }
  }
  return rig;
}

AnimalPose standing_pose(const AnimalRig& rig) {
  AnimalPose pose;
  for (int leg = 0; leg < kLegs; ++leg) {
    pose.foot[leg] = {rig.bones.joint[of(leg, kFoot)], rig.leg[leg].rest_rad[2], 0};
  }
  return pose;
}

AnimalPose mix(const AnimalPose& a, const AnimalPose& b, double u) {
  AnimalPose out = a;
  for (double AnimalPose::*v : {&AnimalPose::rise_m, &AnimalPose::pitch_rad, &AnimalPose::chest_rad,
                                &AnimalPose::neck_rad, &AnimalPose::head_rad, &AnimalPose::look_rad,
                                &AnimalPose::tail_rad, &AnimalPose::tail_lift_rad}) {
    out.*v += u * (b.*v - a.*v);
  }
  for (int leg = 0; leg < kLegs; ++leg) {
    AnimalPose::Foot& foot = out.foot[leg];
    foot.fetlock_m = glm::mix(a.foot[leg].fetlock_m, b.foot[leg].fetlock_m, u);
    foot.cannon_rad += u * (b.foot[leg].cannon_rad - a.foot[leg].cannon_rad);
    foot.pitch_rad += u * (b.foot[leg].pitch_rad - a.foot[leg].pitch_rad);
  }
  return out;
}

Vec3d leg_root(const AnimalRig& rig, const AnimalPose& pose, int leg) {
  return root_in(rig, trunk_of(rig, pose), pose, leg);
}

RigPose solve(const AnimalRig& rig, const AnimalPose& pose) {
  const auto& joint = rig.bones.joint;
  RigPose out = bind_pose(rig.bones);
  const Trunk t = trunk_of(rig, pose);
  out.joint[kHips] = t.hips_m;
  out.rotation[kHips] = t.hips;
  out.joint[kChest] = t.chest_m;
  out.rotation[kChest] = t.chest;
  out.joint[kNeck] = t.chest_m + t.chest * (joint[kNeck] - joint[kChest]);
  out.rotation[kNeck] = about_z(.45 * pose.look_rad) * t.chest * about_y(pose.neck_rad);
  out.joint[kHead] = out.joint[kNeck] + out.rotation[kNeck] * (joint[kHead] - joint[kNeck]);
  out.rotation[kHead] = about_z(pose.look_rad) * about_y(pose.head_rad);
  out.joint[kTail] = t.hips_m + t.hips * (joint[kTail] - joint[kHips]);
  out.rotation[kTail] = t.hips * about_z(-pose.tail_rad) * about_y(pose.tail_lift_rad);
  out.joint[kTailTip] = out.joint[kTail] + out.rotation[kTail] * (joint[kTailTip] - joint[kTail]);
  out.rotation[kTailTip] = t.hips * about_z(-1.8 * pose.tail_rad) * about_y(pose.tail_lift_rad);
  for (int leg = 0; leg < kLegs; ++leg) {
    const LegRig& bones = rig.leg[leg];
    const Vec3d root = root_in(rig, t, pose, leg);
    const LegJoints joints = solve_leg(bones, root, pose.foot[leg], is_fore(leg));
    const Vec3d at[] = {root, joints.middle, joints.top_of_cannon, pose.foot[leg].fetlock_m};
    for (int k = 0; k < kSegments; ++k) {
      const auto bone = of(leg, static_cast<Segment>(k));
      out.joint[bone] = at[k];
      out.rotation[bone] = k < kFoot ? about_y(bones.rest_rad[k] - angle_of(at[k + 1] - at[k]))
                                     : about_y(-pose.foot[leg].pitch_rad);
    }
  }
  return out;
}

}  // namespace oddroad::asset
