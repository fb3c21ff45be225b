// rare:
#include <algorithm>

#include "engine/core/map_reader.h"
#include "engine/scenario/parameter_list.h"
#include "engine/scenario/sections.h"

namespace oddroad::scenario {

namespace {

constexpr double kMostShift = 8;
constexpr double kLeastSpread = 0.01, kMostSpread = 4;

class RareReader {
 public:
  RareReader(const core::YamlNode& node, Scenario& scenario, Names& names)
      : scenario_(scenario), names_(names), reader_(node, "rare", names.diagnostics) {}

  void run() {
    RareRule rule;
    if (const core::YamlNode* event = reader_.required("event")) {
      if (auto formula = read_condition(*event, names_)) rule.event = std::move(*formula);
    }
    const core::YamlNode* over = reader_.optional("over");
    if (over != nullptr) {
      for (const auto& name : read_parameter_list(*over, "over", Needs::kOwnDraw, names_)) {
        rule.over.push_back("params." + name);
      }
    } else {
      for (const Parameter& one : scenario_.parameters) {
        if (one.value.kind == Value::Kind::kDrawn) rule.over.push_back(one.value.path);
      }
    }
    read_natural();
    if (const core::YamlNode* tilt = reader_.optional("tilt")) read_tilts(*tilt, rule);
    reader_.finish();
    check_method();
    check_effective();
    scenario_.rare = std::move(rule);
  }

 private:
  TiltPlan& plan() { return scenario_.sample.tilt; }

  void read_natural() {
    const auto natural = reader_.quantity("natural", core::kNumber);
    if (!natural) return;
    if (*natural > 0 && *natural < 1) {
      plan().natural = *natural;
    } else {
      names_.diagnostics.error(reader_.optional("natural")->location(),
                               "natural: expected a share between 0 and 1");
    }
  }

  // Rows say themselves where their values lie.
  void check_method() {
    if (plan().tilts.empty()) return;
    const SamplePlan& sample = scenario_.sample;
    if (sample.method != SampleMethod::kGrid && sample.rows.rows.empty()) return;
    names_.diagnostics.error(reader_.optional("tilt")->location(),
                             "tilt: does not go with rows: sample.cover or method grid");
  }

  // What the tilts alone make of the weights.
  void check_effective() {
    if (plan().tilts.empty() || names_.diagnostics.has_errors()) return;
    const double share = expected_effective_share(plan());
    if (share >= kLeastEffective) return;
    names_.diagnostics.error(reader_.optional("tilt")->location(),
                             "tilt: the effective sample size is " + share_text(share) +
                                 " of the samples, below " + share_text(kLeastEffective),
                             "a larger 'natural' share, smaller shifts or wider spreads");
  }

  // {v_ego: {shift: 1.2, spread: 0.6}, ...}
  void read_tilts(const core::YamlNode& map, const RareRule& rule) {
    if (!map.is_map()) {
      names_.diagnostics.error(map.location(),
                               "tilt: expected a map of parameters, found " + map.describe());
    }
    for (const core::YamlEntry& entry : map.entries()) {
      const bool known = check_parameter(entry.key, entry.where, Needs::kOwnDraw, names_);
      const std::string path = "params." + entry.key;
      core::MapReader reader(entry.value, "tilt", names_.diagnostics);
      const double shift = bounded(reader, "shift", 0, -kMostShift, kMostShift);
      const double spread = bounded(reader, "spread", 1, kLeastSpread, kMostSpread);
      reader.finish();
      if (!known) continue;
      plan().tilts.push_back({path, shift, spread});
      for (const Balance& balance : scenario_.sample.balances) {
        if (balance.path != path) continue;
        names_.diagnostics.error(entry.where, "tilt: '" + entry.key + "' is balanced, too",
                                 "leave it out of one of them");
      }
      if (std::find(rule.over.begin(), rule.over.end(), path) != rule.over.end()) continue;
      names_.diagnostics.error(entry.where, "tilt: '" + entry.key + "' is not in 'over'");
    }
  }

  double bounded(core::MapReader& reader, const char* key, double usual, double least,
                 double most) {
    const auto number = reader.number(key);
    if (!number) return usual;
    if (*number >= least && *number <= most) return *number;
    names_.diagnostics.error(reader.optional(key)->location(),
                             std::string(key) + ": expected " + core::format_quantity(least, {}) +
                                 " to " + core::format_quantity(most, {}));
    return usual;
  }

  Scenario& scenario_;
  Names& names_;
  core::MapReader reader_;
};

}  // namespace

void read_rare(const core::YamlNode& node, Scenario& scenario, Names& names) {
  RareReader(node, scenario, names).run();
}

}  // namespace oddroad::scenario
