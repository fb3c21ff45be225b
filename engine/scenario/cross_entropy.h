// Where to look for something rare: the cross-entropy method (Rubinstein and Kroese, "The
// Cross-Entropy Method", 2004). Rounds of runs drift from the natural draws to where the event
// happens; each round fits the tilts to its best runs, weighted back to nature.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/scenario/tilt.h"

namespace oddroad::scenario {

struct SearchRun {
  std::vector<double> scores;  // normal scores of the tilted parameters, as drawn
  double log_weight = 0;
  double miss = 0;  // how far the event stayed away; 0: it happened; infinite: no telling
};

// The runs of a round under these tilts; those that could not be drawn are left out. Rounds must
// not repeat each other's draws. `judging`: the last round, which says what the tilts are worth.
using PlayRound =
    std::function<std::vector<SearchRun>(std::size_t round, const TiltPlan& plan, bool judging)>;

struct SearchOptions {
  std::size_t rounds = 8;  // at most, before the one that judges
  double elite = 0.1;      // share of a round that the next one follows
};

// What runs under a plan say of the event. Weights are normalised by their sum, so that what
// `require` turned away counts neither for nor against it; error is one standard deviation of the
// estimate (delta method).
struct RareEstimate {
  std::size_t runs = 0;
  std::size_t events = 0;
  double probability = 0;  // of the event under natural draws
  double error = 0;
  double effective = 0;        // effective share of all runs
  double effective_event = 0;  // and of those in which it happened
};
RareEstimate estimate(const std::vector<SearchRun>& runs);

struct SearchResult {
  TiltPlan plan;
  std::size_t rounds = 0;
  RareEstimate judged;  // by runs that had no part in the fit
};

// `paths`: the parameters to tilt. Errors: the event was never seen; too small an effective share.
core::Result<SearchResult> search_rare(const std::vector<std::string>& paths, double natural,
                                       const SearchOptions& options, const PlayRound& play);

}  // namespace oddroad::scenario
