// What samples that have not been played are likely to come to, by those that have.
#pragma once

#include <optional>
#include <vector>

#include "engine/explore/goals.h"
#include "engine/explore/surface.h"

namespace oddroad::explore {

// Probability of each class of each goal; no classes where there is no forecast.
using Chances = std::vector<std::vector<double>>;

class Forecast {
 public:
  // Of each goal a surface through its quantity over the places of the played, as many as outcomes.
  // Borrows the rule.
  Forecast(const scenario::OutcomeRule& rule, const std::vector<std::vector<double>>& places,
           const std::vector<Outcome>& played);

  // Of a sample whose draws lie there.
  [[nodiscard]] Chances chances(const std::vector<double>& place) const;

 private:
  struct Quantity {
    double scale = 1;  // values x are taken as x / (x + scale): far ones do not bend the surface
    double told = 0;   // share of samples that have a value
    Surface surface;
  };
  [[nodiscard]] static double chance(const Quantity& quantity, const Surface::Guess& guess,
                                     const scenario::OutcomeBin& bin);

  const scenario::OutcomeRule& rule_;
  std::vector<std::optional<Quantity>> quantities_;  // of each goal; none: too few values
};

// How far forecasts came true, class by class: surfaces go on promising what cannot happen.
class TrackRecord {
 public:
  // Borrows the rule.
  explicit TrackRecord(const scenario::OutcomeRule& rule);

  void add(const Chances& expected, const OutcomeValues& come);
  // (what came + 1) / (what was expected + 1), at most 1.
  [[nodiscard]] double trust(std::size_t goal, std::size_t bin) const;

 private:
  const scenario::OutcomeRule& rule_;
  std::vector<std::vector<double>> expected_, come_;
};

// Of a sample with these chances: how much it is expected to help (Goals::help).
double expected_help(const Chances& chances, const Goals& goals, const TrackRecord& record);

}  // namespace oddroad::explore
