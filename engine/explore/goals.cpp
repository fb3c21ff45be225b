#include "engine/explore/goals.h"

namespace oddroad::explore {

bool falls_into(const OutcomeValues& values, const scenario::OutcomeGoal& goal, std::size_t bin) {
  const std::optional<double>& value = values[goal.quantity];
  return value && *value >= goal.bins[bin].lower && *value < goal.bins[bin].upper;
}

Goals::Goals(const scenario::OutcomeRule& rule) : rule_(rule) {
  for (const scenario::OutcomeGoal& goal : rule.cover) counts_.emplace_back(goal.bins.size(), 0u);
}

bool Goals::reached() const {
  for (std::size_t g = 0; g < rule_.cover.size(); ++g) {
    for (std::size_t b = 0; b < counts_[g].size(); ++b) {
      if (counts_[g][b] < rule_.cover[g].bins[b].wanted) return false;
    }
  }
  return true;
}

double Goals::help(const OutcomeValues& values) const {
  double out = 0;
  for (std::size_t g = 0; g < rule_.cover.size(); ++g) {
    for (std::size_t b = 0; b < counts_[g].size(); ++b) {
      if (falls_into(values, rule_.cover[g], b)) out += missing(g, b);
    }
  }
  return out;
}

double Goals::missing(std::size_t goal, std::size_t bin) const {
  const std::uint32_t wanted = rule_.cover[goal].bins[bin].wanted;
  const std::uint32_t so_far = counts_[goal][bin];
  return so_far >= wanted ? 0 : static_cast<double>(wanted - so_far) / wanted;
}

void Goals::add(const OutcomeValues& values) {
  for (std::size_t g = 0; g < rule_.cover.size(); ++g) {
    for (std::size_t b = 0; b < counts_[g].size(); ++b) {
      if (falls_into(values, rule_.cover[g], b)) ++counts_[g][b];
    }
  }
}

}  // namespace oddroad::explore
