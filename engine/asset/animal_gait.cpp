#include "engine/asset/animal_gait.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::asset {

using math::Vec3d;
using namespace animal_bone;

namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kGravity = 9.81;

double lerp(double a, double b, double u) {
  return a + u * (b - a);
}
double smooth(double a, double b, double x) {
  const double u = std::clamp((x - a) / (b - a), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}
// A value given for walk, trot and gallop.
double by_gait(const double (&v)[3], double g) {
  return g < 1 ? lerp(v[0], v[1], g) : lerp(v[1], v[2], g - 1);
}

double hermite(double a, double slope_a, double b, double slope_b, double u) {
  const double u2 = u * u;
  const double u3 = u2 * u;
  return (2 * u3 - 3 * u2 + 1) * a + (u3 - 2 * u2 + u) * slope_a + (-2 * u3 + 3 * u2) * b +
         (u3 - u2) * slope_b;
}

double gait_of(const Articulation& a) {
  return std::clamp(a.run_weight, 0.0, 2.0);
}

AnimalPose::Foot foot_at(const AnimalRig& rig, const AnimalPlan& plan, int leg, double cycle,
                         double g, double step) {
  const double p = cycle - plan.lands[leg] - std::floor(cycle - plan.lands[leg]);
  const auto& joint = rig.bones.joint;
  const Vec3d rest = joint[of(leg, kFoot)];
  const double half = .5 * plan.duty * plan.stride_m;
  const double leg_m = joint[of(leg, kUpper)].z;
  AnimalPose::Foot out{rest, rig.leg[leg].rest_rad[2], 0};
  double fold = 0;
  if (p <= plan.duty) {
    out.fetlock_m.x += half - p * plan.stride_m;
  } else {
    const double u = (p - plan.duty) / (1 - plan.duty);
    const double slope = -.8 * plan.stride_m * (1 - plan.duty);
    out.fetlock_m.x += hermite(-half, slope, half, slope, u);
    const double arch = std::pow(std::sin(std::numbers::pi * std::pow(u, .85)), 1.3);
    out.fetlock_m.z += step * by_gait({.11, .16, .24}, g) * leg_m * arch;
    fold = arch * step *
           (is_fore(leg) ? by_gait({50, 65, 85}, g) : by_gait({16, 22, 40}, g) * (1 - u));
    // The toe trails, then reaches for the ground.
    out.pitch_rad = -step * kDeg * by_gait({45, 55, 70}, g) * arch * (1 - .6 * u);
    out.fetlock_m.z -= rig.toe_m * std::sin(out.pitch_rad);  // and does not scrape it
  }
  const double lean = std::atan2(out.fetlock_m.x - rest.x, leg_m);
  out.cannon_rad += .75 * lean - kDeg * fold;
  return out;
}

// How far the trunk is too high for the bearing legs to reach their feet.
double excess_m(const AnimalRig& rig, const AnimalPlan& plan, double cycle,
                const AnimalPose& pose) {
  double most = 0;
  for (int leg = 0; leg < kLegs; ++leg) {
    const double p = cycle - plan.lands[leg] - std::floor(cycle - plan.lands[leg]);
    if (p > plan.duty) continue;
    const Vec3d d = leg_root(rig, pose, leg) - pose.foot[leg].fetlock_m;
    const double reach = .995 * rig.leg[leg].reach_m();
    most = std::max(most, d.z - std::sqrt(std::max(0.0, reach * reach - d.x * d.x)));
  }
  return most;
}

void move_trunk(const AnimalShape& s, double hip_m, double cycle, double g, double step,
                AnimalPose& pose) {
  const double walk = std::clamp(1 - g, 0.0, 1.0);
  const double trot = 1 - std::min(1.0, std::abs(g - 1));
  const double gallop = std::clamp(g - 1, 0.0, 1.0);
  const double twice = std::cos(2 * kTurn * (cycle - .21));
  const double once = std::cos(kTurn * (cycle - .15));
  pose.rise_m = step * hip_m *
                (-.012 * walk * twice - .025 * trot * twice -
                 gallop * .03 * std::cos(kTurn * (cycle - .35)) - by_gait({.012, .02, .05}, g));
  pose.pitch_rad = -kDeg * step * (gallop * 4.5 * once + .8 * walk * std::cos(2 * kTurn * cycle));
  pose.chest_rad = kDeg * step * gallop * (s.paws ? 11 : 3) * std::cos(kTurn * (cycle - .9));
  // The head nods with the forelegs at a walk and is carried lower and longer at speed.
  const double low = s.neck_rad > 20 * kDeg ? by_gait({4, 6, 20}, g) : 0;
  pose.neck_rad =
      kDeg * step * (low + 3.5 * walk * std::cos(2 * kTurn * (cycle - .1))) - .6 * pose.pitch_rad;
  pose.head_rad = kDeg * step * (-.3 * low + 2 * walk * std::cos(2 * kTurn * (cycle - .16)));
  pose.tail_rad = kDeg * step * 7 * std::sin(kTurn * cycle);
}

}  // namespace

double animal_stride_m(double hip_m, double speed_mps) {
  const double v = std::max(speed_mps, .02);
  return 2.3 * hip_m * std::pow(v * v / (kGravity * hip_m), .3);
}

AnimalPlan plan_gait(double hip_m, double speed_mps, double run_weight) {
  // Left hind, left fore, right hind, right fore; a foot that lands a cycle later lands now, so
  // that blends take the short way.
  constexpr double kLands[kLegs][3] = {{0, 0, 0}, {.25, .5, .40}, {.5, .5, .10}, {.75, 1, .52}};
  const double g = std::clamp(run_weight, 0.0, 2.0);
  AnimalPlan plan;
  plan.stride_m = animal_stride_m(hip_m, speed_mps);
  const double froude = speed_mps * speed_mps / (kGravity * hip_m);
  plan.duty = by_gait(
      {std::clamp(.68 - .2 * froude, .55, .68), .42, std::clamp(.30 - .006 * froude, .20, .30)}, g);
  for (int leg = 0; leg < kLegs; ++leg) plan.lands[leg] = by_gait(kLands[leg], g);
  return plan;
}

GaitWeights animal_gait(double hip_m, double speed_mps) {
  const double froude = speed_mps * speed_mps / (kGravity * hip_m);
  return {smooth(.03, .25, speed_mps), smooth(.42, .60, froude) + smooth(2.2, 2.9, froude)};
}

AnimalPose lying_pose(const AnimalShape& s, const AnimalRig& rig) {
  AnimalPose pose = standing_pose(rig);
  const double chest_drop = s.withers_m - s.chest_depth_m - s.coat_m - .02 * s.withers_m;
  // Haunches or belly, whichever comes down first.
  const double belly = s.croup * s.withers_m - s.tuck * s.chest_depth_m;
  const double hip_drop =
      std::min(s.hip_m() - .40 * s.chest_depth_m, belly - .05 * s.withers_m) - s.coat_m;
  pose.rise_m = -hip_drop;
  pose.pitch_rad = -std::atan2(hip_drop - chest_drop, .60 * s.trunk_m);
  pose.neck_rad = -.8 * pose.pitch_rad;
  // The chin clears the ground.
  const double chin = rig.nose_m.z - chest_drop - .4 * s.head_depth * s.head_m;
  const double low = std::max(0.0, .08 * s.withers_m - chin) / s.neck_m;
  pose.neck_rad -= std::asin(std::min(.95, std::sin(s.neck_rad) + low)) - s.neck_rad;
  // A tail lies behind, not in the ground.
  const double drop = std::min(s.tail_m, .5 * s.chest_depth_m);
  pose.tail_lift_rad = std::max(0.0, s.tail_rad - pose.pitch_rad - std::asin(.8 * drop / s.tail_m));
  for (int leg = 0; leg < kLegs; ++leg) {
    AnimalPose::Foot& foot = pose.foot[leg];
    const double cannon = rig.leg[leg].cannon_m;
    foot.fetlock_m.z = .45 * rig.pastern_m + .3 * s.leg_m;
    foot.fetlock_m.y *= 1.35;
    if (s.paws) {  // forearms stretched ahead, haunches tucked
      foot.fetlock_m.x += is_fore(leg) ? .55 * s.elbow_m : .55 * s.elbow_m;
      foot.cannon_rad = is_fore(leg) ? 80 * kDeg : 84 * kDeg;
    } else {
      foot.fetlock_m.x += is_fore(leg) ? -.45 * cannon : 1.3 * cannon;
      foot.cannon_rad = (is_fore(leg) ? -82 : 82) * kDeg;
      foot.pitch_rad = (is_fore(leg) ? -70 : 0) * kDeg;
    }
  }
  return pose;
}

AnimalPose animal_pose(const AnimalShape& s, const AnimalRig& rig, const Articulation& a) {
  AnimalPose pose = standing_pose(rig);
  const double weight = std::clamp(a.walk_weight, 0.0, 1.0);
  if (weight > 0) {
    const double g = gait_of(a);
    const AnimalPlan plan = plan_gait(s.hip_m(), a.speed_mps, g);
    const double step = smooth(0, .5, plan.stride_m / s.hip_m());
    const double cycle = a.phase + a.phase_offset;
    const auto at = [&](double when) {
      AnimalPose moving = standing_pose(rig);
      move_trunk(s, s.hip_m(), when, g, step, moving);
      for (int leg = 0; leg < kLegs; ++leg) {
        moving.foot[leg] = foot_at(rig, plan, leg, when, g, step);
      }
      return moving;
    };
    // Long strides are run with a lower trunk; most of that holds all through the cycle.
    constexpr int kSamples = 12;
    double most = 0;
    for (int i = 0; i < kSamples; ++i) {
      const double when = static_cast<double>(i) / kSamples;
      most = std::max(most, excess_m(rig, plan, when, at(when)));
    }
    AnimalPose moving = at(cycle);
    moving.rise_m -= .7 * most;
    moving.rise_m -= excess_m(rig, plan, cycle, moving);
    pose = weight >= 1 ? moving : mix(pose, moving, weight);
  }
  pose.look_rad += std::clamp(a.look_yaw_rad, -2.2, 2.2);
  pose.neck_rad += .6 * std::clamp(a.look_pitch_rad, -.6, 1.6);
  pose.head_rad += std::clamp(a.look_pitch_rad, -.6, 1.6) * .8;
  return pose;
}

void roll_over(const AnimalShape& s, double weight, double side, RigPose& pose) {
  const double angle = -side * .5 * std::numbers::pi * weight;
  const glm::dquat turn = glm::angleAxis(angle, Vec3d(1, 0, 0));
  // About the middle of the trunk, which ends up half its width over the ground.
  const Vec3d middle(0, 0, s.withers_m - .5 * s.chest_depth_m);
  const Vec3d to(0, 0, lerp(middle.z, .5 * s.chest_width_m + s.coat_m, std::abs(std::sin(angle))));
  for (std::size_t b = 0; b < pose.joint.size(); ++b) {
    pose.joint[b] = to + turn * (pose.joint[b] - middle);
    pose.rotation[b] = turn * pose.rotation[b];
  }
}

}  // namespace oddroad::asset
