// How people stand, walk and run: joint angles over the gait cycle from motion capture (Fourier
// fits), feet locked to the ground.
//
// Phase p of a leg is 0 when its heel (or foot) meets the ground; the other leg is half a cycle
// ahead. One cycle is one stride = two steps = stride_m(speed) of path. The part of the foot that
// bears (heel, then sole, then ball and toes) moves through the model frame at exactly
// -stride_m per unit of phase: with phase advanced by distance / stride_m(speed) it stands still
// in the world at constant speed. While the speed changes it creeps by about
// (p - p_middle of stance) d(stride)/d(speed) per change of speed: 2-3 cm over a stance at 1 m/s2.
#pragma once

#include "engine/asset/model.h"
#include "engine/asset/skeleton.h"

namespace oddroad::asset {

// What tells one walker from another.
struct GaitStyle {
  double amplitude = 1;          // of thigh swing, .95-1.05
  double arm_swing[2] = {1, 1};  // left, right: 0.3 with a bag in that hand
  double lean_rad = 0;           // added to the trunk's forward lean
  double toe_out_rad = 0.13;
  double step_width_m = 0.10;
  double stride = 1;     // relative stride length, .95-1.05
  int resting_side = 0;  // the leg that carries the weight when standing
};

// Length of a stride (two steps). Walking: sqrt(R 60 v) per step with R by stature, running from
// stride times; they meet where natural_gait changes over.
double stride_m(double stature_m, const GaitStyle& style, double speed_mps);

// Froude-like change-over: share of running at a speed, 0 to 1.
double running_share(double stature_m, double speed_mps);

BodyPose standing_pose(const Skeleton& skeleton, const GaitStyle& style);
// Uses speed, phase + phase_offset, walk_weight and run_weight.
BodyPose gait_pose(const Skeleton& skeleton, const GaitStyle& style,
                   const Articulation& articulation);

}  // namespace oddroad::asset
