// outcomes: {of: child, cover: {min_ttc: {0 .. 1 s: 20, 1 .. 3 s: 20}}}
#include "engine/core/map_reader.h"
#include "engine/core/suggest.h"
#include "engine/scenario/outcomes.h"
#include "engine/scenario/sections.h"

namespace oddroad::scenario {

namespace {

constexpr std::int64_t kMostWanted = 1'000'000;

std::optional<OutcomeBin> read_bin(const core::YamlEntry& entry, const OutcomeQuantity& quantity,
                                   Names& names) {
  const auto range = core::parse_range(entry.key, entry.where);
  if (!range) {
    names.diagnostics.append(range.error());
    return std::nullopt;
  }
  if (!(range->dimension == quantity.dimension)) {
    names.diagnostics.error(entry.where, std::string(quantity.name) + ": expected a range of " +
                                             core::describe(quantity.dimension) + ", found '" +
                                             entry.key + "'");
    return std::nullopt;
  }
  const auto wanted = entry.value.as_int();
  if (!wanted || *wanted < 1 || *wanted > kMostWanted) {
    names.diagnostics.error(entry.value.location(), "expected how many samples are wanted, found " +
                                                        entry.value.describe());
    return std::nullopt;
  }
  return OutcomeBin{entry.key, range->lower, range->upper, static_cast<std::uint32_t>(*wanted)};
}

void read_goal(const core::YamlEntry& entry, OutcomeRule& rule, Names& names) {
  OutcomeGoal goal;
  const std::vector<OutcomeQuantity>& all = outcome_quantities();
  while (goal.quantity < all.size() && entry.key != all[goal.quantity].name) ++goal.quantity;
  if (goal.quantity == all.size()) {
    std::vector<std::string> known;
    for (const OutcomeQuantity& one : all) known.emplace_back(one.name);
    std::string listed;
    for (const std::string& one : known) listed += (listed.empty() ? "there are " : ", ") + one;
    const std::string near = core::did_you_mean(entry.key, known);
    names.diagnostics.error(entry.where, "unknown outcome '" + entry.key + "'",
                            near.empty() ? listed : near);
    return;
  }
  if (!entry.value.is_map() || entry.value.entries().empty()) {
    names.diagnostics.error(entry.value.location(),
                            entry.key +
                                ": expected ranges with numbers of samples like {0 .. 1 s: "
                                "20}");
    return;
  }
  for (const core::YamlEntry& bin : entry.value.entries()) {
    if (auto one = read_bin(bin, all[goal.quantity], names)) goal.bins.push_back(std::move(*one));
  }
  rule.cover.push_back(std::move(goal));
}

}  // namespace

const std::vector<OutcomeQuantity>& outcome_quantities() {
  static const std::vector<OutcomeQuantity> kAll = {
      {"min_ttc", core::kTime, false, {0, 0.5, 1, 1.5, 2, 3, 5}},
      {"min_gap", core::kLength, false, {0, 0.25, 0.5, 1, 2, 5, 10}},
      {"first_seen", core::kLength, true, {0, 5, 10, 20, 40, 80}},
      {"occlusion", core::kNumber, true, {0, 0.2, 0.4, 0.6, 0.8}},
      {"pixels", core::kNumber, true, {0, 10, 100, 1000, 10'000, 100'000}},
      {"points", core::kNumber, true, {0, 1, 10, 100, 1000, 10'000}},
  };
  return kAll;
}

void read_outcomes(const core::YamlNode& node, Scenario& scenario, Names& names) {
  core::MapReader reader(node, "outcomes", names.diagnostics);
  OutcomeRule& rule = scenario.outcomes;
  if (const core::YamlNode* of = reader.optional("of")) {
    if (names.check_actor(of->text(), of->location())) rule.of = of->text();
  }
  if (const core::YamlNode* cover = reader.optional("cover")) {
    if (!cover->is_map()) {
      names.diagnostics.error(
          cover->location(),
          "cover: expected a map like {min_ttc: {0 .. 1 s: 20}}, found " + cover->describe());
    }
    for (const core::YamlEntry& entry : cover->entries()) read_goal(entry, rule, names);
  }
  reader.finish();
}

}  // namespace oddroad::scenario
