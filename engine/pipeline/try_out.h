// What a scenario's file cannot tell by itself: a few samples drawn and put onto the map.
#pragma once

#include "engine/capture/ontology.h"
#include "engine/pipeline/scenario_setup.h"

namespace oddroad::pipeline {

// Nobody moves, and nothing is looked at through `hidden` and `visible`. Each problem is told once,
// at the place in the file that it comes from: a site that the map does not have, bounds that no
// sample meets, numbers outside their limits, actors that find no place. Empty if samples can be
// had; rare ones may still fail.
core::Diagnostics try_out(const ScenarioSetup& setup, const capture::Ontology& ontology);

}  // namespace oddroad::pipeline
