// sample.balance: {van: {van.panel: 1, car.sedan: 3}, sun: {-6 .. 0 deg: 2, 0 .. 50 deg: 1}}
#include "engine/scenario/balance_read.h"
#include "engine/scenario/sections.h"

namespace oddroad::scenario {

void balance_problem(Names& names, const core::SourceLocation& where, std::string message,
                     std::string hint) {
  names.diagnostics.error(where, "balance: " + std::move(message), std::move(hint));
}

void read_balance(const core::YamlNode& node, Scenario& scenario, Names& names) {
  if (!node.is_map() || node.entries().empty()) {
    balance_problem(names, node.location(),
                    "expected a map like {van: {van.panel: 1, car.sedan: 3}}, found " +
                        (node.is_map() ? "none" : node.describe()));
  }
  for (const core::YamlEntry& entry : node.entries()) {
    const auto value = find_balanced(entry, scenario, names);
    if (!value) continue;
    std::vector<BalanceGroup> groups = read_balance_groups(entry, *value, names);
    if (groups.empty()) continue;
    scenario.sample.balances.push_back({value->path, entry.key, std::move(groups)});
  }
}

}  // namespace oddroad::scenario
