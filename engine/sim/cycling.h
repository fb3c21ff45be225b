// How riders sit and pedal at a speed.
#pragma once

#include "engine/asset/model.h"

namespace oddroad::sim {

// The articulation of a bicycle and its rider after rolled_m of way.
asset::Articulation cycling(double speed_mps, double rolled_m, double steer_rad);

}  // namespace oddroad::sim
