// Whom a driver follows or brakes for.
#pragma once

#include "engine/sim/body.h"
#include "engine/sim/longitudinal.h"

namespace oddroad::sim {

// The nearest body ahead of `self` on a track, if self drove on it at `s_m`, `lateral_m`: gap to
// its nearest part and its speed along the track. People and animals who will be in the way within
// a second count as if they were.
Leader leader_on(const Track& track, double s_m, double lateral_m, const Bodies& bodies,
                 const Body& self);

}  // namespace oddroad::sim
