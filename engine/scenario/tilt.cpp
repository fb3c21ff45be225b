#include "engine/scenario/tilt.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "engine/core/random.h"

namespace oddroad::scenario {
namespace {

double log_normal_density(double z) {
  return -0.5 * (z * z + std::log(2 * std::numbers::pi));
}

}  // namespace

Densities densities(const TiltPlan& plan, const std::vector<double>& scores) {
  double natural = 0, tilted = 0;
  for (std::size_t k = 0; k < plan.tilts.size(); ++k) {
    const Tilt& tilt = plan.tilts[k];
    natural += log_normal_density(scores[k]);
    tilted += log_normal_density((scores[k] - tilt.shift) / tilt.spread) - std::log(tilt.spread);
  }
  if (plan.tilts.empty()) return {};
  // log(share * exp(natural) + (1 - share) * exp(tilted)), without leaving the doubles.
  const double top = std::max(natural, tilted);
  const double mixture =
      plan.natural * std::exp(natural - top) + (1 - plan.natural) * std::exp(tilted - top);
  return {natural, top + std::log(mixture)};
}

double effective_share(const std::vector<double>& log_weights) {
  if (log_weights.empty()) return 0;
  const double top = *std::max_element(log_weights.begin(), log_weights.end());
  double sum = 0, squares = 0;
  for (const double log_weight : log_weights) {
    const double w = std::exp(log_weight - top);
    sum += w;
    squares += w * w;
  }
  return sum * sum / squares / static_cast<double>(log_weights.size());
}

double expected_effective_share(const TiltPlan& plan) {
  // E[w] is 1, and E[w^2] under the mixture is E[w] under natural draws, of which none weighs more
  // than 1 / natural: their mean is safe to take however far off the tilts are.
  constexpr int kDraws = 8192;
  core::RandomStream stream(1, "rare.effective");
  double sum = 0;
  std::vector<double> scores(plan.tilts.size());
  for (int k = 0; k < kDraws; ++k) {
    for (double& score : scores) score = core::inverse_normal_cdf(stream.uniform());
    sum += std::exp(densities(plan, scores).log_weight());
  }
  return kDraws / sum;
}

std::string share_text(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g %%", 100 * share);
  return text;
}

}  // namespace oddroad::scenario
