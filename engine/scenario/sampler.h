// Where between 0 and 1 each value of one attempt lies. A coordinate depends on the scenario's
// name, the seed, the variant's index, the attempt and the path of the value, by
//   random: a stream of its own (Philox);
//   latin_hypercube: one of `count` equal stretches, each taken once in every `count` variants, in
//     an order of the path's own, and a random place in it;
//   sobol: paths that the plan puts first take the dimensions of Sobol's sequence in turn,
//   scrambled,
//     and are even together, in boxes, over every 2^m variants; all others have a random sequence
//     of their own that is even by itself over every 2^m variants. Numbering all paths instead
//     would move draws whenever a value comes or goes, and numbering them by a hash would, sooner
//     or later, give two of them one dimension, which ties them to each other;
//   grid: rows of the plan; what is not on it is random.
// Attempts have hypercubes and scramblings of their own. On top, rare values are tilted (tilt.h),
// balanced values choose their groups (balance.h), correlated values are turned towards each other,
// and what a row says holds whatever the method.
#pragma once

#include <cstdint>
#include <string>

#include "engine/scenario/sampling.h"

namespace oddroad::scenario {

// Borrows the plan.
class Sampler {
 public:
  Sampler(const SamplePlan& plan, const std::string& scenario, std::uint64_t seed,
          std::uint32_t index, std::uint32_t attempt);

  // Of everything that is random without a coordinate (Variant::random_key).
  [[nodiscard]] std::uint64_t random_key() const { return random_key_; }
  // Normal scores of the tilted values of `rare`, in the plan's order, and what they are worth.
  [[nodiscard]] std::vector<double> scores() const;
  [[nodiscard]] Densities densities() const;
  // Of the balanced values: natural and asked shares of the groups that were drawn, together.
  [[nodiscard]] Densities balance_densities() const;
  // The group of balance k that was drawn.
  [[nodiscard]] std::size_t group(std::size_t k) const;
  // In (0, 1).
  [[nodiscard]] double uniform(const std::string& path) const;
  // Whole number in [0, count); count > 0.
  [[nodiscard]] std::uint32_t below(const std::string& path, std::uint32_t count) const;

 private:
  [[nodiscard]] double own(const std::string& path) const;
  [[nodiscard]] double untilted(const std::string& path) const;
  [[nodiscard]] double score(const Tilt& tilt) const;
  [[nodiscard]] double in_hypercube(const std::string& path) const;
  [[nodiscard]] double in_sequence(const std::string& path) const;
  [[nodiscard]] double in_row(const std::string& path, double uniform) const;

  const SamplePlan& plan_;
  std::uint64_t random_key_ = 0;
  std::uint64_t batch_key_ = 0;  // the same for all variants
  std::uint32_t index_;
  bool tilted_ = false;  // not one of those that stay as they are
};

}  // namespace oddroad::scenario
