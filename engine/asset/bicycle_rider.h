// How a rider sits on a bicycle: pelvis on the saddle, feet on the pedals, hands on the grips.
// Model frame of the bicycle (ground below the rear axle).
#pragma once

#include "engine/asset/model.h"
#include "engine/asset/skeleton.h"

namespace oddroad::asset {

// Where a bicycle carries its rider; a point for each side, 0 left.
struct BicycleContact {
  math::Vec3d saddle_m{0};  // middle of the saddle's top
  math::Vec3d crank_m{0};   // bottom bracket
  double crank_length_m = 0;
  double pedal_y_m = 0;    // lateral offset of the pedals' middle
  double pedal_top_m = 0;  // tread above the pedal axle
  math::Vec3d grip_m[2];   // middle of each handlebar grip
};
// The saddle height follows the rider; everything else is the frame's.
BicycleContact bicycle_contact(double rider_height_m);

struct RiderFit {
  BicycleContact contact;
  double hip_over_saddle_m = 0;
};
RiderFit fit_rider(const Skeleton& skeleton, double height_m);

// A hand whose fist closes around a bar at a point: fingers along, thumb at right angles to them.
struct HandHold {
  math::Vec3d wrist_m;
  glm::dquat rotation;
};
HandHold hold_at(const math::Vec3d& bar, const math::Vec3d& along, const math::Vec3d& thumb,
                 int side, const Skeleton& skeleton);

// phase: crank angle / 2 pi, right pedal forward at 0.
BodyPose riding_pose(const Skeleton& skeleton, const RiderFit& fit,
                     const Articulation& articulation);
double rider_phase_per_metre();

}  // namespace oddroad::asset
