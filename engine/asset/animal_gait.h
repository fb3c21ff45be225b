// How quadrupeds stand, walk, trot, gallop and lie. Feet land in the order of the footfall table
// and, while they bear, move back through the model frame by exactly one stride a cycle: with the
// phase advanced by distance / stride they stand still in the world at constant speed.
//
// Stride length: 2.3 h (v^2 / g h)^0.3 with hip height h, which holds from mice to elephants
// (Alexander, Estimates of speeds of dinosaurs, Nature 261, 1976). Gaits change at equal Froude
// numbers v^2 / g h: walk to trot at 0.5, trot to gallop at 2.5 (Alexander and Jayes, J. Zool. 201,
// 1983). Footfall phases: Hildebrand's gait formulas (Am. Zool. 20, 1980) as used for horses.
#pragma once

#include "engine/asset/animal_rig.h"
#include "engine/asset/model.h"

namespace oddroad::asset {

struct AnimalPlan {
  double stride_m = 0;
  double duty = 0;        // share of the cycle that a foot bears
  double lands[kLegs]{};  // when in the cycle each foot lands
};
// run_weight as in Articulation: 0 walk, 1 trot, 2 gallop, blended between.
AnimalPlan plan_gait(double hip_m, double speed_mps, double run_weight);
double animal_stride_m(double hip_m, double speed_mps);
GaitWeights animal_gait(double hip_m, double speed_mps);

AnimalPose animal_pose(const AnimalShape& shape, const AnimalRig& rig,
                       const Articulation& articulation);
// On the belly with folded legs; what Articulation::Rest::kProne leads to.
AnimalPose lying_pose(const AnimalShape& shape, const AnimalRig& rig);
// Turns a solved pose over on its left side (kSide) or its right (kSupine: nobody lies on the back)
// by the weight, and sets it down at the origin.
void roll_over(const AnimalShape& shape, double weight, double side, RigPose& pose);

}  // namespace oddroad::asset
