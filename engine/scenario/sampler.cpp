#include "engine/scenario/sampler.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/scenario/correlation.h"
#include "engine/scenario/permutation.h"
#include "engine/scenario/sobol.h"

namespace oddroad::scenario {

Sampler::Sampler(const SamplePlan& plan, const std::string& scenario, std::uint64_t seed,
                 std::uint32_t index, std::uint32_t attempt)
    : plan_(plan), index_(index) {
  const std::uint64_t key = core::hash64(seed, core::hash64(scenario, 1));
  random_key_ = core::hash64(attempt, core::hash64(index, key));
  batch_key_ = core::hash64(attempt, core::hash64("batch", key));
  tilted_ = !plan.tilt.tilts.empty() &&
            core::RandomStream(random_key_, "rare.natural").uniform() >= plan.tilt.natural;
}

double Sampler::uniform(const std::string& path) const {
  for (const CorrelatedGroup& group : plan_.correlations) {
    const auto found = std::find(group.paths.begin(), group.paths.end(), path);
    if (found == group.paths.end()) continue;
    const auto row = static_cast<std::size_t>(found - group.paths.begin());
    std::vector<double> independent;
    for (std::size_t k = 0; k <= row; ++k) independent.push_back(own(group.paths[k]));
    return in_row(path, correlated(group.factor[row], independent));
  }
  return in_row(path, own(path));
}

std::uint32_t Sampler::below(const std::string& path, std::uint32_t count) const {
  if (plan_.method == SampleMethod::kRandom || plan_.method == SampleMethod::kGrid) {
    return core::RandomStream(random_key_, path).below(count);
  }
  return std::min(static_cast<std::uint32_t>(own(path) * count), count - 1);
}

double Sampler::score(const Tilt& tilt) const {
  const double z = core::inverse_normal_cdf(untilted(tilt.path));
  return tilted_ ? tilt.shift + tilt.spread * z : z;
}

std::vector<double> Sampler::scores() const {
  std::vector<double> out;
  for (const Tilt& tilt : plan_.tilt.tilts) out.push_back(score(tilt));
  return out;
}

Densities Sampler::densities() const {
  return scenario::densities(plan_.tilt, scores());
}

Densities Sampler::balance_densities() const {
  Densities out;
  for (std::size_t k = 0; k < plan_.balances.size(); ++k) {
    const BalanceGroup& drawn = plan_.balances[k].groups[group(k)];
    out.log_natural += std::log(drawn.natural);
    out.log_tilted += std::log(drawn.asked);
  }
  return out;
}

std::size_t Sampler::group(std::size_t k) const {
  return plan_.balances[k].group_of(own(plan_.balances[k].path));
}

double Sampler::own(const std::string& path) const {
  if (tilted_) {
    for (const Tilt& tilt : plan_.tilt.tilts) {
      if (tilt.path != path) continue;
      return std::clamp(core::normal_cdf(score(tilt)), 0x1p-53, 1 - 0x1p-53);
    }
  }
  for (const Balance& balance : plan_.balances) {
    if (balance.path == path) return balance.coordinate(untilted(path));
  }
  return untilted(path);
}

double Sampler::untilted(const std::string& path) const {
  switch (plan_.method) {
    case SampleMethod::kLatinHypercube:
      return in_hypercube(path);
    case SampleMethod::kSobol:
      return in_sequence(path);
    case SampleMethod::kRandom:
    case SampleMethod::kGrid:
      break;
  }
  return core::RandomStream(random_key_, path).uniform();
}

double Sampler::in_hypercube(const std::string& path) const {
  const std::uint32_t count = std::max(plan_.count, 1u);
  const std::uint64_t key = core::hash64(path, core::hash64(index_ / count, batch_key_));
  const std::uint32_t stretch = permuted(index_ % count, count, key);
  return (stretch + core::RandomStream(random_key_, path).uniform()) / count;
}

double Sampler::in_sequence(const std::string& path) const {
  const auto first = std::find(plan_.first.begin(), plan_.first.end(), path);
  const std::uint64_t key = core::hash64(path, batch_key_);
  if (first == plan_.first.end()) return core::unit_from_bits(stratified_point(index_, key));
  const DigitalColumns columns = sobol_columns(static_cast<int>(first - plan_.first.begin()));
  return core::unit_from_bits(owen_scrambled(digital_point(columns, index_), key));
}

double Sampler::in_row(const std::string& path, double uniform) const {
  const RowPlan& plan = plan_.rows;
  const bool grid = plan_.method == SampleMethod::kGrid;
  if (plan.rows.empty() || (!grid && index_ >= plan.rows.size())) return uniform;
  for (std::size_t f = 0; f < plan.factors.size(); ++f) {
    if (plan.factors[f].path != path) continue;
    const auto option = static_cast<std::size_t>(plan.rows[index_ % plan.rows.size()][f]);
    const auto [from, to] = plan.factors[f].stretches[option];
    return from + (to - from) * (grid ? 0.5 : uniform);
  }
  return uniform;
}

}  // namespace oddroad::scenario
