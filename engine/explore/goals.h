// How far samples have come towards what is wanted of them.
#pragma once

#include <vector>

#include "engine/explore/outcome.h"

namespace oddroad::explore {

// Whether what a sample came to lies in a class of a goal.
bool falls_into(const OutcomeValues& values, const scenario::OutcomeGoal& goal, std::size_t bin);

class Goals {
 public:
  // Borrows the rule.
  explicit Goals(const scenario::OutcomeRule& rule);

  [[nodiscard]] bool reached() const;
  // How much this one would help: of each goal whose class it falls into, the share of that class
  // that is still missing. 0: not at all.
  [[nodiscard]] double help(const OutcomeValues& values) const;
  // Share of a goal's class that is still missing, 0 to 1.
  [[nodiscard]] double missing(std::size_t goal, std::size_t bin) const;
  void add(const OutcomeValues& values);
  // Samples so far in each class of each goal.
  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& counts() const { return counts_; }

 private:
  const scenario::OutcomeRule& rule_;
  std::vector<std::vector<std::uint32_t>> counts_;
};

}  // namespace oddroad::explore
