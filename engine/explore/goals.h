// How far samples have come towards what is wanted of them.
#pragma once

#include <vector>

#include "engine/explore/outcome.h"

namespace oddroad::explore {

class Goals {
 public:
  // Borrows the rule.
  explicit Goals(const scenario::OutcomeRule& rule);

  [[nodiscard]] bool reached() const;
  // How much this one would help: of each goal whose class it falls into, the share of that class
  // that is still missing. 0: not at all.
  [[nodiscard]] double help(const OutcomeValues& values) const;
  void add(const OutcomeValues& values);
  // Samples so far in each class of each goal.
  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& counts() const { return counts_; }

 private:
  const scenario::OutcomeRule& rule_;
  std::vector<std::vector<std::uint32_t>> counts_;
};

}  // namespace oddroad::explore
