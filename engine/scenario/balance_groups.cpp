// The groups of an entry of sample.balance: {van.panel: 1, car.sedan: 3}, {-6 .. 0 deg: 2, ...},
// even.
#include <algorithm>
#include <cmath>

#include "engine/scenario/balance_read.h"
#include "engine/scenario/clock_text.h"
#include "engine/scenario/distribution_read.h"

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

class GroupReader {
 public:
  GroupReader(const core::YamlEntry& entry, const BalancedValue& value, Names& names)
      : entry_(entry), path_(value.path), natural_(*value.natural), names_(names) {}

  std::vector<BalanceGroup> read() {
    wanted_ = is_even() ? even() : written();
    double total = 0;
    for (const Wanted& one : wanted_) total += one.share;
    for (const Wanted& one : wanted_) groups_.push_back({one.name, one.share / total, 0, {}});
    const bool fine = !wanted_.empty() &&
                      (natural_.options().empty() ? cut_continuum() : cut_options()) &&
                      none_is_empty();
    return fine ? std::move(groups_) : std::vector<BalanceGroup>();
  }

 private:
  bool problem(const core::SourceLocation& where, std::string message, std::string hint = {}) {
    balance_problem(names_, where, std::move(message), std::move(hint));
    return false;
  }

  [[nodiscard]] bool is_even() const {
    return entry_.value.is_scalar() && entry_.value.text() == "even";
  }

  std::vector<Wanted> even() {
    std::vector<Wanted> out;
    for (const Distribution::Option& option : natural_.options()) {
      if (option.weight <= 0) continue;
      Wanted one;
      one.name = to_string(option.value);
      one.where = entry_.where;
      one.is = option.value;
      out.push_back(std::move(one));
    }
    if (out.empty()) {
      problem(entry_.value.location(), "'" + entry_.key + "' is no list of options",
              "name groups: {0 .. 10 m: 1, 10 .. 20 m: 1}");
    }
    return out;
  }

  std::vector<Wanted> written() {
    if (!entry_.value.is_map() || entry_.value.entries().empty()) {
      problem(entry_.value.location(),
              "expected groups with shares like {van.panel: 1, car.sedan: 3}",
              "'even' gives all options the same");
      return {};
    }
    core::YamlNode groups = entry_.value;
    if (path_.ends_with(".time")) {
      const auto wrapped = core::YamlNode::map({{"histogram", entry_.where, groups}}, entry_.where);
      groups = *with_times(wrapped, names_.diagnostics).find("histogram");
    }
    std::vector<Wanted> out;
    bool fine = true;
    for (std::size_t k = 0; k < groups.entries().size(); ++k) {
      auto one = read_one(groups.entries()[k], natural_.at(0.5).type);
      fine = fine && one.has_value();
      if (one) out.push_back(std::move(*one));
      if (one) out.back().name = entry_.value.entries()[k].key;
    }
    return fine ? out : std::vector<Wanted>();
  }

  std::optional<Wanted> read_one(const core::YamlEntry& group, const ValueType& type) {
    Wanted out;
    out.where = group.where;
    const auto share = group.value.as_double();
    if (!share || !(*share > 0)) {
      problem(group.value.location(),
              "a share is a number above 0, found " + group.value.describe());
      return std::nullopt;
    }
    out.share = *share;
    ValueType own;
    if (group.key.find("..") != std::string::npos) {
      const auto range = core::parse_range(group.key, group.where);
      if (!range) return told(range.error());
      out.is_range = true;
      out.lower = range->lower;
      out.upper = range->upper;
      own = {false, range->dimension};
    } else {
      const auto literal = read_literal(group.key, group.where);
      if (!literal) return told(literal.error());
      out.is = *literal;
      own = literal->type;
    }
    if (own == type) return out;
    problem(group.where, "expected " + describe(type) + ", found " + describe(own));
    return std::nullopt;
  }

  std::nullopt_t told(const core::Diagnostics& problems) {
    names_.diagnostics.append(problems);
    return std::nullopt;
  }

  bool cut_options() {
    const std::vector<Distribution::Option> options = natural_.options();
    double total = 0, reached = 0;
    for (const auto& option : options) total += option.weight;
    std::string missing;
    for (const auto& option : options) {
      const double from = reached / total;
      reached += option.weight;
      if (option.weight <= 0) continue;
      const auto at = std::find_if(wanted_.begin(), wanted_.end(), [&](const Wanted& one) {
        return one.holds(option.value);
      });
      if (at == wanted_.end()) {
        missing += (missing.empty() ? "" : ", ") + to_string(option.value);
        continue;
      }
      BalanceGroup& group = groups_[static_cast<std::size_t>(at - wanted_.begin())];
      group.stretches.emplace_back(from, reached / total);
      group.natural += option.weight / total;
    }
    if (missing.empty()) return true;
    return problem(entry_.value.location(), "no group for " + missing, "every value needs one");
  }

  bool cut_continuum() {
    double reached = 0;
    for (std::size_t g = 0; g < wanted_.size(); ++g) {
      const double from = wanted_[g].is_range ? natural_.share_below(wanted_[g].lower) : 1;
      if (!wanted_[g].is_range || std::abs(from - reached) > kRounding) {
        return problem(wanted_[g].where,
                       "groups of '" + entry_.key +
                           "' are ranges, one beginning where the one before it ends, from the "
                           "least that is drawn");
      }
      const double to = natural_.share_below(wanted_[g].upper);
      groups_[g].stretches.emplace_back(reached, to);
      groups_[g].natural = to - reached;
      reached = to;
    }
    if (reached < 1 - kRounding) {
      return problem(wanted_.back().where,
                     "the groups of '" + entry_.key + "' end before all that is drawn",
                     "every value needs one");
    }
    groups_.back().stretches.back().second = 1;
    return true;
  }

  bool none_is_empty() {
    for (std::size_t g = 0; g < wanted_.size(); ++g) {
      if (groups_[g].natural > kRounding) continue;
      return problem(wanted_[g].where, "'" + wanted_[g].name + "' is never drawn");
    }
    return true;
  }

  const core::YamlEntry& entry_;
  const std::string& path_;
  const Distribution& natural_;
  Names& names_;
  std::vector<Wanted> wanted_;
  std::vector<BalanceGroup> groups_;
};

}  // namespace

std::vector<BalanceGroup> read_balance_groups(const core::YamlEntry& entry,
                                              const BalancedValue& value, Names& names) {
  return GroupReader(entry, value, names).read();
}

}  // namespace oddroad::scenario
