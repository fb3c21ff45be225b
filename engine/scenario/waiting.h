// Entries of `do:` that can never start because they wait for each other.
#pragma once

#include "engine/scenario/scenario.h"

namespace oddroad::scenario {

// Reports each ring once. An entry waits for the one before it in its list, and for those that its
// `when` names with `after`, unless something else can make the condition true.
void check_waiting(const Scenario& scenario, core::Diagnostics& diagnostics);

}  // namespace oddroad::scenario
