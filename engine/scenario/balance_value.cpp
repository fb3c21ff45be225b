// Whose draws an entry of sample.balance is about.
#include <algorithm>

#include "engine/core/suggest.h"
#include "engine/scenario/balance_read.h"

namespace oddroad::scenario {

namespace {

const Factor* factor_called(const std::string& name) {
  for (const Factor& factor : factors()) {
    if (name == factor.name) return &factor;
  }
  return nullptr;
}

class Finder {
 public:
  Finder(const core::YamlEntry& entry, const Scenario& scenario, Names& names)
      : entry_(entry), scenario_(scenario), names_(names) {}

  std::optional<BalancedValue> find() {
    BalancedValue out;
    out.natural = natural(out.path);
    if (!out.natural || !is_free(out.path)) return std::nullopt;
    return out;
  }

 private:
  void problem(std::string message, std::string hint = {}) {
    balance_problem(names_, entry_.where, std::move(message), std::move(hint));
  }

  DistributionPtr natural(std::string& path) {
    const std::string& name = entry_.key;
    const bool parameter = names_.declared_parameters.count(name) > 0;
    if (parameter && !names_.parameter_type(name, entry_.where)) return nullptr;
    const std::string actor = name.substr(0, name.find('.'));
    const bool of_actor =
        std::any_of(names_.actors.begin(), names_.actors.end(), [&](const DeclaredActor& declared) {
          return declared.name == actor && actor.size() < name.size();
        });
    path = parameter ? "params." + name : of_actor ? "actors." + name : name;
    if (const Factor* factor = parameter ? nullptr : factor_called(name)) {
      path = "randomize." + name;
      return of_factor(*factor);
    }
    const auto found = names_.values_by_path.find(path);
    if (found == names_.values_by_path.end()) {
      problem("nothing is called '" + name + "'", suggestion());
      return nullptr;
    }
    return of_value(*found->second);
  }

  DistributionPtr of_factor(const Factor& factor) {
    const auto pinned = scenario_.randomize.pins.find(entry_.key);
    if (pinned != scenario_.randomize.pins.end()) return of_value(pinned->second);
    if (scenario_.randomize.mode == RandomizeMode::kNone) {
      problem("'" + entry_.key + "' is not drawn", "add 'randomize: structured'");
      return nullptr;
    }
    DistributionPtr out = factor.per_sensor ? nullptr : distribution_of(factor);
    if (!out) problem("'" + entry_.key + "' cannot be balanced");
    return out;
  }

  DistributionPtr of_value(const Value& value) {
    if (value.kind == Value::Kind::kDrawn) return value.distribution;
    const bool given = value.kind == Value::Kind::kGiven;
    problem("'" + entry_.key + "' is not drawn but " +
            (given ? "depends on '" + value.given->parameter + "'" : "fixed"));
    return nullptr;
  }

  [[nodiscard]] std::string suggestion() const {
    std::vector<std::string> known(names_.declared_parameters.begin(),
                                   names_.declared_parameters.end());
    for (const auto& [path, value] : names_.values_by_path) {
      if (value->kind == Value::Kind::kDrawn) known.push_back(path);
    }
    for (const Factor& factor : factors()) known.emplace_back(factor.name);
    const std::string near = core::did_you_mean(entry_.key, known);
    return near.empty() ? "parameters, or places of drawn values like actors.child.size.height"
                        : near;
  }

  // Nothing else says where its draws lie, and its draw is one of each variant.
  bool is_free(const std::string& path) {
    const SamplePlan& plan = scenario_.sample;
    for (const DeclaredActor& actor : names_.actors) {
      if (!actor.many || !path.starts_with("actors." + actor.name + ".")) continue;
      problem("'" + entry_.key + "' is drawn for each of many",
              "draw it once, as a parameter, and balance that");
      return false;
    }
    for (const CorrelatedGroup& group : plan.correlations) {
      const auto at = std::find(group.paths.begin(), group.paths.end(), path);
      if (at == group.paths.end() || at == group.paths.begin()) continue;
      problem("'" + entry_.key + "' follows what it is correlated with",
              "name it first in 'correlate'");
      return false;
    }
    const auto& factors = plan.rows.factors;
    if (std::any_of(factors.begin(), factors.end(), [&](const RowPlan::Factor& factor) {
          return factor.path == path;
        })) {
      problem("'" + entry_.key + "' is in 'cover', which says itself how often",
              "leave it out of one of them");
      return false;
    }
    return true;
  }

  const core::YamlEntry& entry_;
  const Scenario& scenario_;
  Names& names_;
};

}  // namespace

std::optional<BalancedValue> find_balanced(const core::YamlEntry& entry, const Scenario& scenario,
                                           Names& names) {
  return Finder(entry, scenario, names).find();
}

}  // namespace oddroad::scenario
