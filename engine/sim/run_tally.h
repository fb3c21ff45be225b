// What many dry runs of one scenario came to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/scenario/cross_entropy.h"
#include "engine/sim/rehearse.h"

namespace oddroad::sim {

// What is kept of one run. Pieces of `many` go by the name of the actor that was declared.
struct RunOutcome {
  std::uint32_t sample = 0;
  RunReport report;
  std::vector<std::string> hit;  // by the ego; each once
  double min_gap_m = 0;          // of the ego to anybody, infinite if there is nobody
  double min_ttc_s = 0;
  double log_weight = 0;  // of the draw (rare:)
};
RunOutcome outcome_of(std::uint32_t sample, const Rehearsal& run);

// One entry of a `do:` list over all runs.
struct EntryTally {
  std::string what;
  bool has_condition = false;
  int runs = 0;  // that have it, pieces of `many` one by one
  int started = 0;
  std::vector<double> started_s;  // ascending
  ActionReport nearest;           // of those that did not start: what came nearest to it
  std::uint32_t nearest_sample = 0;

  // Runs whose condition was true from the start: it decided nothing.
  [[nodiscard]] int at_start() const;
  [[nodiscard]] double share() const { return runs == 0 ? 0 : double(started) / runs; }
};

struct RunTally {
  int runs = 0;
  std::vector<EntryTally> entries;  // in order of first appearance
  std::map<std::string, int> ends;  // why clips ended
  std::map<std::string, int> hit;   // by the ego, in so many runs
  std::vector<double> min_gap_m;    // of each run, ascending
  std::vector<double> min_ttc_s;
  std::optional<scenario::RareEstimate> rare;  // where the scenario has a rare event
};
RunTally tally(const std::vector<RunOutcome>& outcomes);

std::string to_text(const RunTally& tally);

}  // namespace oddroad::sim
