#include "engine/scenario/cross_entropy.h"

#include <algorithm>
#include <cmath>

namespace oddroad::scenario {
namespace {

// The shift does the work. Fits to a dozen runs are too narrow, and what lies beyond a narrow tilt
// weighs as much as all else.
constexpr double kLeastSpread = 0.9;
constexpr double kMostSpread = 2;

// The miss that the best runs of a round stay below; none where no run tells how far it was.
std::optional<double> level_of(const std::vector<SearchRun>& runs, double elite) {
  std::vector<double> misses;
  for (const SearchRun& run : runs) {
    if (std::isfinite(run.miss)) misses.push_back(run.miss);
  }
  if (misses.empty()) return std::nullopt;
  std::sort(misses.begin(), misses.end());
  const auto k = static_cast<std::size_t>(elite * static_cast<double>(runs.size()));
  return misses[std::min(k, misses.size() - 1)];
}

// Mean and deviation of the best runs' scores, weighted back to nature.
void fit(const std::vector<SearchRun>& runs, double level, TiltPlan& plan) {
  double top = -HUGE_VAL;
  for (const SearchRun& run : runs) {
    if (run.miss <= level) top = std::max(top, run.log_weight);
  }
  for (std::size_t k = 0; k < plan.tilts.size(); ++k) {
    double sum = 0, mean = 0, square = 0;
    for (const SearchRun& run : runs) {
      if (run.miss > level) continue;
      const double w = std::exp(run.log_weight - top);
      sum += w;
      mean += w * run.scores[k];
      square += w * run.scores[k] * run.scores[k];
    }
    mean /= sum;
    const double spread = std::sqrt(std::max(0.0, square / sum - mean * mean));
    Tilt& tilt = plan.tilts[k];
    tilt.shift = mean;
    tilt.spread = std::clamp(spread, kLeastSpread, kMostSpread);
  }
}

}  // namespace

RareEstimate estimate(const std::vector<SearchRun>& runs) {
  RareEstimate out;
  out.runs = runs.size();
  if (runs.empty()) return out;
  std::vector<double> all, of_event;
  double sum = 0, event_sum = 0;
  for (const SearchRun& run : runs) {
    all.push_back(run.log_weight);
    sum += std::exp(run.log_weight);
    if (run.miss > 0) continue;
    of_event.push_back(run.log_weight);
    event_sum += std::exp(run.log_weight);
  }
  out.events = of_event.size();
  out.probability = event_sum / sum;
  double squares = 0;
  for (const SearchRun& run : runs) {
    const double apart = (run.miss > 0 ? 0 : 1) - out.probability;
    squares += std::pow(std::exp(run.log_weight) * apart, 2);
  }
  out.error = std::sqrt(squares) / sum;
  out.effective = effective_share(all);
  out.effective_event = effective_share(of_event);
  return out;
}

core::Result<SearchResult> search_rare(const std::vector<std::string>& paths, double natural,
                                       const SearchOptions& options, const PlayRound& play) {
  SearchResult out;
  out.plan.natural = natural;
  for (const std::string& path : paths) out.plan.tilts.push_back({path});
  bool reached = false;
  for (; out.rounds < options.rounds && !reached; ++out.rounds) {
    const std::vector<SearchRun> runs = play(out.rounds, out.plan, false);
    if (runs.empty()) return core::fail("rare: none of the runs could be drawn");
    const auto level = level_of(runs, options.elite);
    if (!level) continue;
    reached = *level <= 0;
    fit(runs, *level, out.plan);
  }
  out.judged = estimate(play(out.rounds, out.plan, true));
  if (out.judged.events == 0) {
    return core::fail("rare: the event was seen in none of " + std::to_string(out.judged.runs) +
                          " runs, after " + std::to_string(out.rounds) + " rounds",
                      "it may be impossible; 'oddroad run' tells how near single runs came");
  }
  const double effective = std::min(out.judged.effective, out.judged.effective_event);
  if (effective < kLeastEffective) {
    return core::fail("rare: the effective sample size is " + share_text(effective) +
                          " of the runs, below " + share_text(kLeastEffective),
                      "a larger 'natural' share, more runs, or other parameters under 'over'");
  }
  return out;
}

}  // namespace oddroad::scenario
