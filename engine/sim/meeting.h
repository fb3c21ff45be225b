// Setting out so as to be at a part of somebody's front when that touches (`meet`).
#pragma once

#include "engine/sim/body.h"

namespace oddroad::sim {

struct Meeting {
  double time_s = 0;  // until the two touch; infinite while the other stands, < 0 once it is past
  double way_m = 0;   // of the middle of `self`, along its crossing
};

// The front of `whom` goes on at its present speed. They touch when it reaches the near side of
// `self`, which goes straight along its crossing (it must have one); the middle of `self` is then
// at the aimed part of that front: 0 to 1 of its width, from the side that `self` comes from.
Meeting meeting_with(const Body& whom, const Body& self, double aim);

// Of all steps this is the nearest to the moment to set out at, with this speed and acceleration
// from rest. What is left, half a step at most, is made up for by the acceleration: it may be a
// little more than was asked.
inline constexpr double kMakesUp = 1.05;
bool must_set_out(const Meeting& meeting, double accel_mps2, double speed_mps);

}  // namespace oddroad::sim
