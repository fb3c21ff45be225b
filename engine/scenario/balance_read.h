// The two steps of reading an entry of sample.balance: whose draws it is about, and the groups that
// they fall into. Internal to read_balance.
#pragma once

#include "engine/scenario/scenario.h"

namespace oddroad::scenario {

// "balance: ..." at a place.
void balance_problem(Names& names, const core::SourceLocation& where, std::string message,
                     std::string hint = {});

struct BalancedValue {
  std::string path;
  DistributionPtr natural;
};
// What the entry's key names: a parameter, a drawn value by its place, or a factor of `randomize`.
// Reported and nothing: there is none, it is not drawn once for a variant, or something else says
// where its draws lie.
std::optional<BalancedValue> find_balanced(const core::YamlEntry& entry, const Scenario& scenario,
                                           Names& names);

// The entry's groups, with all that is drawn shared out among them. None: reported.
std::vector<BalanceGroup> read_balance_groups(const core::YamlEntry& entry,
                                              const BalancedValue& value, Names& names);

}  // namespace oddroad::scenario
