// The search for samples that come to what is wanted. Samples are played in rounds; of each round
// those are kept that help a goal. Which samples a round plays follows from what the ones before
// came to: of the next indices, those that are expected to help most, by a surface through the
// outcomes over the coordinates of the draws, and a quarter in plain order, so that no part of the
// space is given up. The result depends on nothing but the samples themselves: not on the number of
// threads.
#pragma once

#include <functional>
#include <vector>

#include "engine/explore/goals.h"

namespace oddroad::explore {

struct SearchOptions {
  std::uint32_t first = 0;   // index of the first sample
  std::uint32_t most = 512;  // runs
  std::uint32_t round = 16;  // runs of a round
  std::uint32_t ahead = 8;   // candidates looked at for each run
};

struct SearchSpace {
  // Where a sample's draws lie, each between 0 and 1; empty: it cannot be drawn.
  std::function<std::vector<double>(std::uint32_t index)> coordinates;
  // What it comes to; nothing: it cannot be played. Called from several threads.
  std::function<std::optional<Outcome>(std::uint32_t index)> play;
  // After each round: runs so far. False: stop.
  std::function<bool(std::uint32_t runs)> told;
};

struct SearchResult {
  std::vector<Outcome> played;  // in the order of their rounds, then indices
  std::vector<bool> kept;       // of those: helps a goal
  std::uint32_t failed = 0;
  bool reached = false;  // all goals; false where there are none
};

// Without goals the first `most` samples are played and kept.
SearchResult search(const scenario::OutcomeRule& rule, const SearchOptions& options,
                    const SearchSpace& space);

}  // namespace oddroad::explore
