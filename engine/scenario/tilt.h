// Draws on purpose where something rare happens, and what they are worth (rare:). Importance
// sampling: the normal score z of a parameter's coordinate is drawn as shift + spread * z, but for
// a share of variants that stay as they are (a defensive mixture: no weight is above 1 / share;
// Owen and Zhou, "Safe and effective importance sampling", JASA 2000). Weights are natural over
// tilted density, both of the scores of all tilted parameters.
#pragma once

#include <string>
#include <vector>

namespace oddroad::scenario {

struct Tilt {
  std::string path;  // "params.v_ego"
  double shift = 0;
  double spread = 1;  // > 0
};

struct TiltPlan {
  std::vector<Tilt> tilts;  // empty: everything is drawn as it is
  double natural = 0.1;     // share that is not tilted
};

struct Densities {
  double log_natural = 0;  // of standard normal scores
  double log_tilted = 0;   // of the mixture
  [[nodiscard]] double log_weight() const { return log_natural - log_tilted; }
};

// Below this effective share tilts say more of a few runs than of the event: refused.
inline constexpr double kLeastEffective = 0.05;

// `scores` as the tilts.
Densities densities(const TiltPlan& plan, const std::vector<double>& scores);

// Kish's effective sample size as a share of the number: 1 where all weights are equal.
double effective_share(const std::vector<double>& log_weights);

// What that comes to with ever more variants, whatever happens in them: E[w]^2 / E[w^2] under the
// mixture, within a few per cent of itself. Never below `natural`.
double expected_effective_share(const TiltPlan& plan);

// "4.2 %".
std::string share_text(double share);

}  // namespace oddroad::scenario
