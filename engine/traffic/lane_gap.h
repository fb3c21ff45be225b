// The gap on a neighbour lane: is it safe, and is it worth it (MOBIL)? Internal.
#pragma once

#include "engine/traffic/state.h"

namespace oddroad::traffic {

// Between whom a vehicle would come to drive.
struct LaneGap {
  bool safe = false;
  Ahead leader, follower;
  double follower_then = 0;
};

// With the front axle at `offset_m` of the lane; nobody shall have to brake harder than the bound.
LaneGap examine(const State& state, std::uint32_t slot, std::uint32_t lane, double offset_m,
                double bound_mps2);
// side: +1 to the left.
bool is_worth_it(const State& state, std::uint32_t slot, const LaneGap& there, int side);
// The next one behind on the other lane that can slow down gently makes room.
void ask_to_be_let_in(State& state, std::uint32_t slot, std::uint32_t lane, double offset_m);

}  // namespace oddroad::traffic
