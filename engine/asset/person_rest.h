// Falling and lying: an upright pose gives way to a limp one while the whole body turns over, until
// it lies on its belly, its back or its left side. The pelvis stays over the model's origin; who
// moves the body moves it along.
#pragma once

#include "engine/asset/model.h"
#include "engine/asset/skeleton.h"

namespace oddroad::asset {

// The limp pose in the body's own upright frame.
BodyPose limp_pose(const Skeleton& skeleton, Articulation::Rest rest);
// Turns a solved pose over by the weight (0 upright, 1 lying).
void topple(Articulation::Rest rest, double weight, SkeletonPose& pose);

}  // namespace oddroad::asset
