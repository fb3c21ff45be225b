#include "engine/scenario/balance.h"

#include <algorithm>

namespace oddroad::scenario {

double Balance::coordinate(double uniform) const {
  std::size_t g = 0;
  double before = 0;
  while (g + 1 < groups.size() && uniform >= before + groups[g].asked) before += groups[g++].asked;
  const BalanceGroup& group = groups[g];
  double along = std::clamp((uniform - before) / group.asked, 0.0, 1.0) * group.natural;
  for (const auto& [from, to] : group.stretches) {
    // Not the end itself, which belongs to whatever follows.
    if (along < to - from) return std::clamp(from + along, 0x1p-53, 1 - 0x1p-53);
    along -= to - from;
  }
  const auto& [from, to] = group.stretches.back();
  return std::clamp(to - 1e-12 * (to - from), 0x1p-53, 1 - 0x1p-53);
}

std::size_t Balance::group_of(double coordinate) const {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const auto& [from, to] : groups[g].stretches) {
      if (coordinate >= from && coordinate < to) return g;
    }
  }
  // Rounding of the last end.
  return static_cast<std::size_t>(
      std::max_element(groups.begin(), groups.end(),
                       [](const BalanceGroup& a, const BalanceGroup& b) {
                         return a.stretches.back().second < b.stretches.back().second;
                       }) -
      groups.begin());
}

}  // namespace oddroad::scenario
