// How often the groups of balanced values came.
#include <cstdio>

#include "engine/scenario/draw.h"
#include "engine/scenario/sample_table.h"

namespace oddroad::scenario {

void tally_balances(const Scenario& scenario, const std::vector<Variant>& variants,
                    SampleTable& table) {
  const std::vector<Balance>& balances = scenario.sample.balances;
  if (balances.empty()) return;
  for (const Balance& balance : balances) {
    table.balances.push_back({balance.name, balance.groups, {}});
    table.balances.back().reached.assign(balance.groups.size(), 0);
  }
  std::vector<double> log_weights;
  for (const Variant& variant : variants) {
    const Sampler sampler = sampler_of(scenario, variant);
    for (std::size_t k = 0; k < balances.size(); ++k) ++table.balances[k].reached[sampler.group(k)];
    log_weights.push_back(sampler.balance_densities().log_weight());
  }
  table.effective = effective_share(log_weights);
}

std::string balance_text(const SampleTable& table) {
  if (table.balances.empty()) return "";
  char line[200];
  std::snprintf(line, sizeof line, "%-34s %9s %9s %9s\n", "balanced", "natural", "asked",
                "reached");
  std::string out = line;
  const auto samples = static_cast<double>(table.index.size());
  for (const BalanceTally& tally : table.balances) {
    for (std::size_t g = 0; g < tally.groups.size(); ++g) {
      const BalanceGroup& group = tally.groups[g];
      std::snprintf(line, sizeof line, "%-34s %7.1f %% %7.1f %% %7.1f %%\n",
                    (tally.name + " " + group.name).c_str(), 100 * group.natural, 100 * group.asked,
                    100 * static_cast<double>(tally.reached[g]) / samples);
      out += line;
    }
  }
  std::snprintf(line, sizeof line,
                "effective sample size of natural draws: %.1f %% of the samples\n",
                100 * table.effective);
  return out + line;
}

}  // namespace oddroad::scenario
