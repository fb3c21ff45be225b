// What samples come to, and how many of each kind are wanted (outcomes:). Read by engine/explore;
// changes no variant.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/scenario/names.h"

namespace oddroad::scenario {

// What can be told of the ego and one other in a run.
struct OutcomeQuantity {
  const char* name;
  core::Dimension dimension;
  bool by_sight;              // needs rays, not motion alone
  std::vector<double> edges;  // of classes to count in where nobody names any; the last is open
};
// In the order in which they are told.
const std::vector<OutcomeQuantity>& outcome_quantities();

struct OutcomeBin {
  std::string name;             // as written: "0 .. 1 s"
  double lower = 0, upper = 0;  // SI; [lower, upper)
  std::uint32_t wanted = 0;     // samples
};

struct OutcomeGoal {
  std::size_t quantity = 0;  // of outcome_quantities()
  std::vector<OutcomeBin> bins;
};

struct OutcomeRule {
  std::string of;                  // whom the ego meets; empty: who starts the scenario's key event
  std::vector<OutcomeGoal> cover;  // each quantity once
};

}  // namespace oddroad::scenario
