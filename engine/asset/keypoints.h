// Named points that annotators mark: joints and face of people, wheels, lamps and corners of
// vehicles. The asset says where they sit; whether a camera sees them is decided elsewhere.
//
// people and riders   the 17 of COCO in COCO's order: nose, left_eye, right_eye, left_ear,
//                     right_ear, left_shoulder, ..., left_ankle, right_ankle. Left and right are
//                     the person's own. Eyes, nose and ears lie on the skin, the others are joint
//                     centres.
// cars and vans       wheel_, headlamp_, taillamp_, bumper_, roof_ and mirror_ points
// bicycles            wheel_front, wheel_rear, saddle, handlebar_left, handlebar_right
// Left is at +y of the model frame.
#pragma once

#include <string>

#include "engine/math/affine.h"

namespace oddroad::asset {

struct KeypointAnchor {
  std::string name;
  // Index into Model::parts in whose frame the position is; -1 = model frame. A point of a wheel
  // lies on its axle: steering moves it, rolling does not.
  int part = -1;
  // Metres; of things with a deformer: of the rest pose, later poses come from the deformer.
  math::Vec3d position_m{0};
  // How far the anchor may lie behind the first surface of its own object on the line from a camera
  // and still count as seen: the flesh and cloth around a joint, the casing of a mirror. Metres.
  double reach_m = 0;

  bool operator==(const KeypointAnchor&) const = default;
};

}  // namespace oddroad::asset
