// How the coordinates of samples are chosen: sample: and correlate: of a scenario.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/scenario/balance.h"
#include "engine/scenario/tilt.h"

namespace oddroad::scenario {

enum class SampleMethod { kRandom, kLatinHypercube, kSobol, kGrid };

// Values that are drawn together. Gaussian copula: the normal scores of their coordinates are
// `factor` (lower triangular, unit rows) times independent ones. The first keeps its own draw.
struct CorrelatedGroup {
  std::vector<std::string> paths;  // in the order of their first mention
  std::vector<std::vector<double>> factor;
};

// Rows that samples go through first (cover), or all the time (grid).
struct RowPlan {
  // The coordinates of a value, cut into stretches: one for each option.
  struct Factor {
    std::string path;
    std::vector<std::pair<double, double>> stretches;
  };
  std::vector<Factor> factors;
  std::vector<std::vector<int>> rows;  // the stretch of each factor
};

struct SamplePlan {
  SampleMethod method = SampleMethod::kRandom;
  std::uint32_t count = 1;
  std::uint64_t seed = 0;
  std::vector<std::string> first;  // paths that take the first dimensions of Sobol's sequence
  std::vector<CorrelatedGroup> correlations;
  RowPlan rows;
  std::vector<Balance> balances;
  TiltPlan tilt;  // rare:
};

}  // namespace oddroad::scenario
