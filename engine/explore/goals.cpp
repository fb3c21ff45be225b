#include "engine/explore/goals.h"

namespace oddroad::explore {
namespace {

bool falls_into(const OutcomeValues& values, const scenario::OutcomeGoal& goal,
                const scenario::OutcomeBin& bin) {
  const std::optional<double>& value = values[goal.quantity];
  return value && *value >= bin.lower && *value < bin.upper;
}

}  // namespace

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
      const scenario::OutcomeBin& bin = rule_.cover[g].bins[b];
      if (counts_[g][b] >= bin.wanted || !falls_into(values, rule_.cover[g], bin)) continue;
      out += static_cast<double>(bin.wanted - counts_[g][b]) / bin.wanted;
    }
  }
  return out;
}

void Goals::add(const OutcomeValues& values) {
  for (std::size_t g = 0; g < rule_.cover.size(); ++g) {
    for (std::size_t b = 0; b < counts_[g].size(); ++b) {
      if (falls_into(values, rule_.cover[g], rule_.cover[g].bins[b])) ++counts_[g][b];
    }
  }
}

}  // namespace oddroad::explore
