// One leg through the gait cycle, in the plane of travel: the angles of the measured curves, and
// the foot's path that keeps the bearing part of the sole on its spot.
#pragma once

#include "engine/asset/gait.h"

namespace oddroad::asset {

struct LegPlan {
  double stride_m = 0;
  double stance = 0.62;    // share of the cycle on the ground
  double heel_end = 0.08;  // until here the foot pivots on the heel,
  double flat_end = 0.40;  // until here it is flat, then it pivots on the ball
  double run = 0;          // 0 walking, 1 running curves
  double thigh_gain = 1;   // amplitude about the mean
  double knee_gain = 1;
  double lift = 1;          // 0 when there is hardly any step, else 1
  double hip_height_m = 0;  // mean height of the hip joints over the ground
  double bob_gain = 1;
  double middle_x_m = 0;  // ankle of the flat foot in the middle of stance, from the hip
};
// Chooses stance times, gains, mean hip height and foot placement for a speed. The hip is lowered
// where a straight leg would not reach the ground otherwise.
LegPlan plan_leg(const Skeleton& skeleton, const GaitStyle& style, double speed_mps, double run);

// The ankle ahead of the hip (x) and above the ground (z), pitch of foot and toes (toes up, rad).
struct FootState {
  double x_m = 0, z_m = 0, pitch = 0, toe_pitch = 0;
  // Share of x that comes from rolling over heel or ball: it points where the foot points.
  double roll_m = 0;
};
FootState foot_at(const Skeleton& skeleton, const LegPlan& plan, double phase);
// Height of the hips over their mean at the phase of either leg.
double bob_m(const Skeleton& skeleton, const LegPlan& plan, double phase);

}  // namespace oddroad::asset
