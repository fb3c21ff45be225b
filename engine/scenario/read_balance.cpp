// sample.balance: {van: {van.panel: 1, car.sedan: 3}, sun: {-6 .. 0 deg: 2, 0 .. 50 deg: 1}}
#include <algorithm>
#include <cmath>

#include "engine/core/map_reader.h"
#include "engine/core/suggest.h"
#include "engine/scenario/clock_text.h"
#include "engine/scenario/distribution_read.h"
#include "engine/scenario/sections.h"

namespace oddroad::scenario {

namespace {

constexpr double kRounding = 1e-9;

// What the author wrote of one group.
struct Wanted {
  std::string name;
  core::SourceLocation where;
  bool is_range = false;
  double lower = 0, upper = 0;  // of a range, both included
  Drawn is;
  double share = 1;

  [[nodiscard]] bool holds(const Drawn& value) const {
    if (value.type.is_word) return is.word == value.word;
    const double slack = kRounding * std::max(1.0, std::abs(value.number));
    if (is_range) return value.number >= lower - slack && value.number <= upper + slack;
    return std::abs(value.number - is.number) <= slack;
  }
};

class BalanceReader {
 public:
  BalanceReader(Scenario& scenario, Names& names) : scenario_(scenario), names_(names) {}

  void run(const core::YamlNode& node) {
    if (!node.is_map() || node.entries().empty()) {
      names_.diagnostics.error(
          node.location(),
          "balance: expected a map like {van: {van.panel: 1, car.sedan: 3}}, found " +
              (node.is_map() ? "none" : node.describe()));
    }
    for (const core::YamlEntry& entry : node.entries()) read_one(entry);
  }

 private:
  void error(const core::SourceLocation& where, std::string message, std::string hint = {}) {
    names_.diagnostics.error(where, "balance: " + std::move(message), std::move(hint));
  }

  void read_one(const core::YamlEntry& entry) {
    Balance out;
    out.name = entry.key;
    const DistributionPtr natural = find(entry, out.path);
    if (!natural || !is_free(entry, out.path)) return;
    std::vector<Wanted> wanted = read_groups(entry, out.path, *natural);
    if (wanted.empty()) return;
    double total = 0;
    for (const Wanted& one : wanted) total += one.share;
    for (const Wanted& one : wanted) out.groups.push_back({one.name, one.share / total, 0, {}});
    const bool fine = natural->options().empty() ? cut_continuum(entry, *natural, wanted, out)
                                                 : cut_options(entry, *natural, wanted, out);
    if (fine) scenario_.sample.balances.push_back(std::move(out));
  }

  // The natural distribution of what the entry names, and its path; null (and told): none.
  DistributionPtr find(const core::YamlEntry& entry, std::string& path) {
    const std::string& name = entry.key;
    const bool parameter = names_.declared_parameters.count(name) > 0;
    if (parameter && !names_.parameter_type(name, entry.where)) return nullptr;
    const std::string actor = name.substr(0, name.find('.'));
    const bool of_actor =
        std::any_of(names_.actors.begin(), names_.actors.end(), [&](const DeclaredActor& declared) {
          return declared.name == actor && actor.size() < name.size();
        });
    path = parameter ? "params." + name : of_actor ? "actors." + name : name;
    if (const Factor* factor = parameter ? nullptr : factor_called(name)) {
      path = "randomize." + name;
      return of_factor(entry, *factor);
    }
    const auto found = names_.values_by_path.find(path);
    if (found == names_.values_by_path.end()) {
      error(entry.where, "nothing is called '" + name + "'", suggestion(name));
      return nullptr;
    }
    return of_value(entry, *found->second);
  }

  static const Factor* factor_called(const std::string& name) {
    for (const Factor& factor : factors()) {
      if (name == factor.name) return &factor;
    }
    return nullptr;
  }

  DistributionPtr of_factor(const core::YamlEntry& entry, const Factor& factor) {
    const auto pinned = scenario_.randomize.pins.find(entry.key);
    if (pinned != scenario_.randomize.pins.end()) return of_value(entry, pinned->second);
    if (scenario_.randomize.mode == RandomizeMode::kNone) {
      error(entry.where, "'" + entry.key + "' is not drawn", "add 'randomize: structured'");
      return nullptr;
    }
    DistributionPtr out = factor.per_sensor ? nullptr : distribution_of(factor);
    if (!out) error(entry.where, "'" + entry.key + "' cannot be balanced");
    return out;
  }

  DistributionPtr of_value(const core::YamlEntry& entry, const Value& value) {
    if (value.kind == Value::Kind::kDrawn) return value.distribution;
    const bool given = value.kind == Value::Kind::kGiven;
    error(entry.where, "'" + entry.key + "' is not drawn but " +
                           (given ? "depends on '" + value.given->parameter + "'" : "fixed"));
    return nullptr;
  }

  [[nodiscard]] std::string suggestion(const std::string& name) const {
    std::vector<std::string> known(names_.declared_parameters.begin(),
                                   names_.declared_parameters.end());
    for (const auto& [path, value] : names_.values_by_path) {
      if (value->kind == Value::Kind::kDrawn) known.push_back(path);
    }
    for (const Factor& factor : factors()) known.emplace_back(factor.name);
    const std::string near = core::did_you_mean(name, known);
    return near.empty() ? "parameters, or places of drawn values like actors.child.size.height"
                        : near;
  }

  // Nothing else says where its draws lie, and its draw is one of each variant.
  bool is_free(const core::YamlEntry& entry, const std::string& path) {
    const SamplePlan& plan = scenario_.sample;
    for (const DeclaredActor& actor : names_.actors) {
      if (!actor.many || !path.starts_with("actors." + actor.name + ".")) continue;
      error(entry.where, "'" + entry.key + "' is drawn for each of many",
            "draw it once, as a parameter, and balance that");
      return false;
    }
    for (const CorrelatedGroup& group : plan.correlations) {
      const auto at = std::find(group.paths.begin(), group.paths.end(), path);
      if (at == group.paths.end() || at == group.paths.begin()) continue;
      error(entry.where, "'" + entry.key + "' follows what it is correlated with",
            "name it first in 'correlate'");
      return false;
    }
    const auto& factors = plan.rows.factors;
    if (std::any_of(factors.begin(), factors.end(), [&](const RowPlan::Factor& factor) {
          return factor.path == path;
        })) {
      error(entry.where, "'" + entry.key + "' is in 'cover', which says itself how often",
            "leave it out of one of them");
      return false;
    }
    return true;
  }

  std::vector<Wanted> read_groups(const core::YamlEntry& entry, const std::string& path,
                                  const Distribution& natural) {
    if (entry.value.is_scalar() && entry.value.text() == "even") return even(entry, natural);
    if (!entry.value.is_map() || entry.value.entries().empty()) {
      error(entry.value.location(), "expected groups with shares like {van.panel: 1, car.sedan: 3}",
            "'even' gives all options the same");
      return {};
    }
    core::YamlNode groups = entry.value;
    if (path.ends_with(".time")) {
      const auto wrapped = core::YamlNode::map({{"histogram", entry.where, groups}}, entry.where);
      groups = *with_times(wrapped, names_.diagnostics).find("histogram");
    }
    std::vector<Wanted> out;
    bool fine = true;
    for (std::size_t k = 0; k < groups.entries().size(); ++k) {
      auto one = read_group(groups.entries()[k], natural.at(0.5).type);
      fine = fine && one.has_value();
      if (one) out.push_back(std::move(*one));
      if (one) out.back().name = entry.value.entries()[k].key;
    }
    return fine ? out : std::vector<Wanted>();
  }

  std::vector<Wanted> even(const core::YamlEntry& entry, const Distribution& natural) {
    std::vector<Wanted> out;
    for (const Distribution::Option& option : natural.options()) {
      if (option.weight <= 0) continue;
      Wanted one;
      one.name = to_string(option.value);
      one.where = entry.where;
      one.is = option.value;
      out.push_back(std::move(one));
    }
    if (out.empty()) {
      error(entry.value.location(), "'" + entry.key + "' is no list of options",
            "name groups: {0 .. 10 m: 1, 10 .. 20 m: 1}");
    }
    return out;
  }

  std::optional<Wanted> read_group(const core::YamlEntry& entry, const ValueType& type) {
    Wanted out;
    out.where = entry.where;
    const auto share = entry.value.as_double();
    if (!share || !(*share > 0)) {
      error(entry.value.location(), "a share is a number above 0, found " + entry.value.describe());
      return std::nullopt;
    }
    out.share = *share;
    ValueType own;
    if (entry.key.find("..") != std::string::npos) {
      const auto range = core::parse_range(entry.key, entry.where);
      if (!range) return told(range.error());
      out.is_range = true;
      out.lower = range->lower;
      out.upper = range->upper;
      own = {false, range->dimension};
    } else {
      const auto literal = read_literal(entry.key, entry.where);
      if (!literal) return told(literal.error());
      out.is = *literal;
      own = literal->type;
    }
    if (own == type) return out;
    error(entry.where, "expected " + describe(type) + ", found " + describe(own));
    return std::nullopt;
  }

  std::nullopt_t told(const core::Diagnostics& problems) {
    names_.diagnostics.append(problems);
    return std::nullopt;
  }

  bool cut_options(const core::YamlEntry& entry, const Distribution& natural,
                   const std::vector<Wanted>& wanted, Balance& out) {
    const std::vector<Distribution::Option> options = natural.options();
    double total = 0, reached = 0;
    for (const auto& option : options) total += option.weight;
    std::string missing;
    for (const auto& option : options) {
      const double from = reached / total;
      reached += option.weight;
      if (option.weight <= 0) continue;
      const auto at = std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& one) {
        return one.holds(option.value);
      });
      if (at == wanted.end()) {
        missing += (missing.empty() ? "" : ", ") + to_string(option.value);
        continue;
      }
      BalanceGroup& group = out.groups[static_cast<std::size_t>(at - wanted.begin())];
      group.stretches.emplace_back(from, reached / total);
      group.natural += option.weight / total;
    }
    if (!missing.empty()) {
      error(entry.value.location(), "no group for " + missing, "every value needs one");
      return false;
    }
    return none_empty(wanted, out);
  }

  bool cut_continuum(const core::YamlEntry& entry, const Distribution& natural,
                     const std::vector<Wanted>& wanted, Balance& out) {
    double reached = 0;
    for (std::size_t g = 0; g < wanted.size(); ++g) {
      const double from = wanted[g].is_range ? natural.share_below(wanted[g].lower) : 1;
      if (!wanted[g].is_range || std::abs(from - reached) > kRounding) {
        error(wanted[g].where, "groups of '" + entry.key +
                                   "' are ranges, one beginning where the "
                                   "one before it ends, from the least that is drawn");
        return false;
      }
      const double to = natural.share_below(wanted[g].upper);
      out.groups[g].stretches.emplace_back(reached, to);
      out.groups[g].natural = to - reached;
      reached = to;
    }
    if (reached < 1 - kRounding) {
      error(wanted.back().where, "the groups of '" + entry.key + "' end before all that is drawn",
            "every value needs one");
      return false;
    }
    out.groups.back().stretches.back().second = 1;
    return none_empty(wanted, out);
  }

  bool none_empty(const std::vector<Wanted>& wanted, const Balance& balance) {
    for (std::size_t g = 0; g < wanted.size(); ++g) {
      if (balance.groups[g].natural > kRounding) continue;
      error(wanted[g].where, "'" + wanted[g].name + "' is never drawn");
      return false;
    }
    return true;
  }

  Scenario& scenario_;
  Names& names_;
};

}  // namespace

void read_balance(const core::YamlNode& node, Scenario& scenario, Names& names) {
  BalanceReader(scenario, names).run(node);
}

}  // namespace oddroad::scenario
