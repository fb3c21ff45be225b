#include "engine/scenario/row_rules.h"

#include <algorithm>

namespace oddroad::scenario {

bool RowRules::allows(const std::vector<int>& row) const {
  return std::all_of(constraints_.begin(), constraints_.end(), [&](const Constraint& one) {
    std::size_t at = 0, scale = 1;
    for (const int factor : one.factors) {
      const auto f = static_cast<std::size_t>(factor);
      if (row[f] == kOpen) return true;
      at += scale * static_cast<std::size_t>(row[f]);
      scale *= static_cast<std::size_t>(levels_[f]);
    }
    return static_cast<bool>(one.allowed[at]);
  });
}

bool RowRules::fill(std::vector<int>& row, std::size_t from) const {
  if (!allows(row)) return false;
  while (from < row.size() && row[from] != kOpen) ++from;
  if (from == row.size()) return true;
  for (int option = 0; option < levels_[from]; ++option) {
    row[from] = option;
    if (fill(row, from + 1)) return true;
  }
  row[from] = kOpen;
  return false;
}

core::Result<std::vector<std::vector<int>>> all_rows(const std::vector<int>& levels,
                                                     const std::vector<Constraint>& constraints) {
  constexpr std::size_t kMostRows = 100'000;
  std::size_t all = 1;
  for (const int count : levels) {
    all *= static_cast<std::size_t>(count);
    if (all > kMostRows) return core::fail("a grid of more than 100,000 rows");
  }
  const RowRules rules(levels, constraints);
  std::vector<std::vector<int>> rows;
  for (std::size_t k = 0; k < all; ++k) {
    std::vector<int> row(levels.size());
    std::size_t rest = k;
    for (std::size_t f = levels.size(); f-- > 0;) {
      row[f] = static_cast<int>(rest % static_cast<std::size_t>(levels[f]));
      rest /= static_cast<std::size_t>(levels[f]);
    }
    if (rules.allows(row)) rows.push_back(std::move(row));
  }
  if (rows.empty()) return core::fail("every combination is forbidden");
  return rows;
}

}  // namespace oddroad::scenario
