// Works on clips of a plan on this machine and tells of it.
#pragma once

#include <vector>

#include "engine/cli/farm.h"
#include "engine/farm/work.h"

namespace oddroad::cli {

// Reads the plan and refuses machines that may not work on it. Returns kDone or an exit code, with
// the reason told.
int open_plan(const Context& context, const std::string& file, farm::Plan& plan);

// Makes the dataset, or joins the one that is there.
core::Result<void> open_output(const Context& context, const std::string& out);

// Renders what is not there of these clips. Returns an exit code.
int run_clips(const Context& context, const farm::Plan& plan,
              const std::vector<farm::PlannedClip>& clips, const FarmWorkOptions& options);

}  // namespace oddroad::cli
