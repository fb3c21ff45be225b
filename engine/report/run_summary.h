// What many dry runs of a scenario came to, for machines.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/scenario/rejections.h"
#include "engine/sim/run_tally.h"

namespace oddroad::report {

struct RunSummary {
  std::string scenario;  // file
  std::uint64_t seed = 0;
  std::uint32_t samples = 0;
  std::uint32_t attempts = 0;  // at drawing them
  scenario::Rejections turned_away;
  std::vector<core::Diagnostics> failures;  // of samples that could not be drawn or run
  sim::RunTally tally;                      // of all others

  [[nodiscard]] double acceptance() const {
    return attempts == 0 ? 0 : double(tally.runs) / attempts;
  }
};

// An object: scenario, seed, samples, runs, attempts, acceptance, turned_away, failures, entries
// (what, has_condition, runs, started, share, at_start, nearest), ego_hit, ends, and least, median
// and greatest of min_gap_m and min_ttc_s (null where there is none).
std::string to_json(const RunSummary& summary);

}  // namespace oddroad::report
