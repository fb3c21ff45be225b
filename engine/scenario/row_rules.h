// May a row, or a part of one, stand in an array?
#pragma once

#include "engine/scenario/covering.h"

namespace oddroad::scenario {

inline constexpr int kOpen = -1;  // a factor that has no option yet

// Borrows both.
class RowRules {
 public:
  RowRules(const std::vector<int>& levels, const std::vector<Constraint>& constraints)
      : levels_(levels), constraints_(constraints) {}
  [[nodiscard]] bool always() const { return constraints_.empty(); }
  // Does no constraint whose factors are all set speak against it?
  [[nodiscard]] bool allows(const std::vector<int>& row) const;
  // Is there an allowed row with these options?
  [[nodiscard]] bool extends(std::vector<int> row) const { return always() || fill(row, 0); }

 private:
  bool fill(std::vector<int>& row, std::size_t from) const;

  const std::vector<int>& levels_;
  const std::vector<Constraint>& constraints_;
};

}  // namespace oddroad::scenario
