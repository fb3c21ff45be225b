// What a scenario's conditions on the clock say of each other.
#pragma once

#include "engine/scenario/scenario.h"

namespace oddroad::scenario {

// Warns of entries that wait for a time at which the clip has ended, and refuses a recording that
// begins then. Times that depend on parameters are left to the draw.
void check_timing(const Scenario& scenario, core::Diagnostics& diagnostics);

}  // namespace oddroad::scenario
