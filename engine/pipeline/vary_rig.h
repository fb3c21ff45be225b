// The rig as it was built and mounted for one clip (randomize:).
#pragma once

#include "engine/pipeline/rig.h"
#include "engine/scenario/scenario.h"
#include "engine/scenario/variant.h"

namespace oddroad::pipeline {

// Mountings that are off and cameras that differ, sensor by sensor; the rig itself where the
// scenario does not randomize. Calibrations are those of the rig returned. What was drawn is added
// to the variant's parameters. Errors: a pin outside its limits.
core::Result<Rig> vary_rig(const Rig& rig, const scenario::Scenario& scenario,
                           scenario::Variant& variant);

}  // namespace oddroad::pipeline
