// What every machine of a farm brings: its program, its processor, the scenarios of a plan.
#pragma once

#include "engine/cli/back_ends.h"
#include "engine/cli/context.h"
#include "engine/farm/plan.h"
#include "engine/pipeline/scenario_setup.h"

namespace oddroad::cli {

// The program that runs, and the class of this processor.
core::Result<farm::Software> software_here();

// What decides the bytes of clips made on these devices, beside their identity: who else says the
// same may go on with a clip that stopped here (dataset::CheckpointNote). "": cannot be told.
std::string maker_of(const Machine& machine);

// The devices that a plan names. Errors: this machine has them not.
core::Result<Machine> machine_of(const farm::PlanHeader& header);

// A scenario of a plan, by its file or, where that is not, below the search roots. Errors: as
// load_setup; it is not the file that the plan was made of.
core::Result<pipeline::ScenarioSetup> load_planned(const farm::PlanHeader& header,
                                                   const farm::PlanScenario& scenario,
                                                   const Context& context);

}  // namespace oddroad::cli
