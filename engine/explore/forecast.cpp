#include "engine/explore/forecast.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"

namespace oddroad::explore {
namespace {

constexpr std::size_t kLeastValues = 12;
constexpr double kLeastSpread = 1e-6;

}  // namespace

Forecast::Forecast(const scenario::OutcomeRule& rule,
                   const std::vector<std::vector<double>>& places,
                   const std::vector<Outcome>& played)
    : rule_(rule) {
  for (const scenario::OutcomeGoal& goal : rule.cover) {
    std::vector<std::vector<double>> at;
    std::vector<double> values;
    for (std::size_t k = 0; k < played.size(); ++k) {
      if (!played[k].values[goal.quantity]) continue;
      at.push_back(places[k]);
      values.push_back(*played[k].values[goal.quantity]);
    }
    quantities_.emplace_back();
    if (values.size() < kLeastValues) continue;
    std::vector<double> sorted = values;
    const auto middle = sorted.begin() + static_cast<long>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const double scale = std::max(*middle, kLeastSpread);
    for (double& x : values) x /= x + scale;
    const double told = static_cast<double>(values.size()) / static_cast<double>(played.size());
    quantities_.back().emplace(scale, told, Surface(at, values));
  }
}

Chances Forecast::chances(const std::vector<double>& place) const {
  Chances out(quantities_.size());
  for (std::size_t g = 0; g < quantities_.size(); ++g) {
    if (!quantities_[g]) continue;
    const Surface::Guess guess = quantities_[g]->surface.at(place);
    for (const scenario::OutcomeBin& bin : rule_.cover[g].bins) {
      out[g].push_back(chance(*quantities_[g], guess, bin));
    }
  }
  return out;
}

// No outcome lies below 0: a class that begins there has all that the surface says below it, too.
double Forecast::chance(const Quantity& quantity, const Surface::Guess& guess,
                        const scenario::OutcomeBin& bin) {
  const auto below = [&](double edge) {
    if (edge <= 0) return 0.0;
    if (std::isinf(edge)) return 1.0;
    const double bent = edge / (edge + quantity.scale);
    return core::normal_cdf((bent - guess.mean) / std::max(guess.spread, kLeastSpread));
  };
  return quantity.told * (below(bin.upper) - below(bin.lower));
}

TrackRecord::TrackRecord(const scenario::OutcomeRule& rule) : rule_(rule) {
  for (const scenario::OutcomeGoal& goal : rule.cover) expected_.emplace_back(goal.bins.size(), 0);
  come_ = expected_;
}

void TrackRecord::add(const Chances& expected, const OutcomeValues& come) {
  for (std::size_t g = 0; g < expected.size(); ++g) {
    for (std::size_t b = 0; b < expected[g].size(); ++b) {
      expected_[g][b] += expected[g][b];
      if (falls_into(come, rule_.cover[g], b)) come_[g][b] += 1;
    }
  }
}

double TrackRecord::trust(std::size_t goal, std::size_t bin) const {
  return std::min(1.0, (come_[goal][bin] + 1) / (expected_[goal][bin] + 1));
}

double expected_help(const Chances& chances, const Goals& goals, const TrackRecord& record) {
  double out = 0;
  for (std::size_t g = 0; g < chances.size(); ++g) {
    for (std::size_t b = 0; b < chances[g].size(); ++b) {
      out += goals.missing(g, b) * record.trust(g, b) * chances[g][b];
    }
  }
  return out;
}

}  // namespace oddroad::explore
