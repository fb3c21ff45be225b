#include "engine/scenario/excluded_pairs.h"

#include "engine/scenario/row_plan.h"
#include "engine/scenario/row_rules.h"

namespace oddroad::scenario {

namespace {

// Those that some bound speaks of: rows of the others need not be tried.
std::vector<std::string> bound_names(const Scenario& scenario, const RowRequest& all) {
  std::set<int> factors;
  for (const Constraint& one : constraints_of(scenario, all)) {
    factors.insert(one.factors.begin(), one.factors.end());
  }
  std::vector<std::string> out;
  for (const int factor : factors) out.push_back(all.names[static_cast<std::size_t>(factor)]);
  return out;
}

}  // namespace

ExcludedPairs excluded_pairs(const Scenario& scenario, const std::vector<std::string>& names) {
  ExcludedPairs out;
  RowRequest request;
  request.names = names;
  request.names = bound_names(scenario, request);
  const std::vector<Constraint> constraints = constraints_of(scenario, request);
  const auto levels = levels_of(scenario, request);
  if (constraints.empty() || !levels) return out;
  const RowRules rules(*levels, constraints);
  const std::size_t count = request.names.size();
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = 0; b < count; ++b) {
      if (a == b) continue;
      for (int in_a = 0; in_a < (*levels)[a]; ++in_a) {
        for (int in_b = 0; in_b < (*levels)[b]; ++in_b) {
          std::vector<int> row(count, kOpen);
          row[a] = in_a;
          row[b] = in_b;
          if (rules.extends(row)) continue;
          out[{request.names[a], request.names[b]}].emplace(in_a, in_b);
        }
      }
    }
  }
  return out;
}

}  // namespace oddroad::scenario
