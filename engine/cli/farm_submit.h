// Hands a plan, or what is missing of it, to an engine that schedules.
#pragma once

#include "engine/cli/farm.h"
#include "engine/farm/plan.h"

namespace oddroad::cli {

// Writes the scripts below OUT/attempts/slurm and submits an array over these tasks (ascending)
// with `farm finish` of that round behind it; `dry_run` prints them instead. Returns an exit code.
int submit_slurm(const Context& context, const FarmWorkOptions& work,
                 const FarmSlurmOptions& options, const std::vector<std::uint32_t>& tasks,
                 int round, bool dry_run);

}  // namespace oddroad::cli
