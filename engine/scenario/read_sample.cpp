// sample:
#include <algorithm>

#include "engine/core/map_reader.h"
#include "engine/core/random.h"
#include "engine/scenario/parameter_list.h"
#include "engine/scenario/row_plan.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/sobol.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {

namespace {

// As sample_methods().
constexpr SampleMethod kMethods[] = {SampleMethod::kRandom, SampleMethod::kSobol,
                                     SampleMethod::kLatinHypercube, SampleMethod::kLatinHypercube,
                                     SampleMethod::kGrid};

class SampleReader {
 public:
  SampleReader(const core::YamlNode& node, Scenario& scenario, Names& names)
      : node_(node),
        scenario_(scenario),
        names_(names),
        reader_(node, "sample", names.diagnostics) {}

  void run() {
    const auto method = reader_.word("method", sample_methods());
    for (std::size_t k = 0; k < sample_methods().size(); ++k) {
      if (method == sample_methods()[k]) plan().method = kMethods[k];
    }
    const auto count = bounded("count", 1, 999'999);
    plan().seed = static_cast<std::uint64_t>(bounded("seed", 0, INT64_MAX).value_or(0));
    read_first();
    read_forbidden();
    RowRequest rows;
    rows.ways = static_cast<int>(bounded("ways", 1, 6).value_or(2));
    const bool wanted = read_cover(rows);
    const core::YamlNode* balance = reader_.optional("balance");
    reader_.finish();
    if (wanted) make_rows(rows);
    if (balance != nullptr) read_balance(*balance, scenario_, names_);
    const std::size_t usual = std::max<std::size_t>(plan().rows.rows.size(), 1);
    plan().count = static_cast<std::uint32_t>(count.value_or(static_cast<std::int64_t>(usual)));
    if (plan().count < usual && !names_.diagnostics.has_errors()) {
      names_.diagnostics.warning(node_.find("count")->location(),
                                 std::to_string(plan().count) + " samples do not reach through " +
                                     std::to_string(usual) + " rows");
    }
  }

 private:
  SamplePlan& plan() { return scenario_.sample; }

  std::optional<std::int64_t> bounded(const char* key, std::int64_t least, std::int64_t most) {
    const auto number = reader_.integer(key);
    if (!number || (*number >= least && *number <= most)) return number;
    const std::string expected = most == INT64_MAX
                                     ? std::to_string(least) + " or more"
                                     : std::to_string(least) + " to " + std::to_string(most);
    names_.diagnostics.error(node_.find(key)->location(),
                             std::string(key) + ": expected " + expected);
    return std::nullopt;
  }

  void read_first() {
    const core::YamlNode* first = reader_.optional("first");
    if (first == nullptr) return;
    const std::vector<std::string> names =
        read_parameter_list(*first, "first", Needs::kVaries, names_);
    if (names.size() > kSobolDimensions) {
      names_.diagnostics.error(
          first->location(), "first: at most " + std::to_string(kSobolDimensions) + " parameters");
      return;
    }
    if (plan().method != SampleMethod::kSobol) {
      names_.diagnostics.error(first->location(), "first: means something to method sobol only");
    }
    for (const std::string& name : names) plan().first.push_back("params." + name);
  }

  // Each forbids: a condition on parameters, or a map of values that do not go together.
  void read_forbidden() {
    const core::YamlNode* list = reader_.optional("forbid");
    if (list == nullptr) return;
    if (!list->is_sequence()) {
      names_.diagnostics.error(
          list->location(),
          "forbid: expected a list like [{beam: high, road: wet}], found " + list->describe());
    }
    for (const core::YamlNode& item : list->items()) {
      std::optional<Formula> formula = item.is_map() ? together(item) : read_bound(item, names_);
      if (!formula) continue;
      Formula negated;
      negated.kind = Formula::Kind::kNot;
      negated.where = item.location();
      negated.terms.push_back(std::move(*formula));
      scenario_.bounds.push_back({std::move(negated), "forbid: " + core::yaml_text(item)});
    }
  }

  std::optional<Formula> together(const core::YamlNode& item) {
    Formula out;
    out.kind = Formula::Kind::kAnd;
    out.where = item.location();
    bool fine = true;
    for (const core::YamlEntry& entry : item.entries()) {
      std::optional<Formula> term = read_equation(entry, names_);
      fine = fine && term.has_value();
      if (term) out.terms.push_back(std::move(*term));
    }
    return fine ? std::optional(std::move(out)) : std::nullopt;
  }

  // What rows run over; false if there are none, or something is wrong.
  bool read_cover(RowRequest& rows) {
    const std::size_t before = names_.diagnostics.items().size();
    const core::YamlNode* cover = reader_.optional("cover");
    const core::YamlNode* levels = reader_.optional("levels");
    const bool grid = plan().method == SampleMethod::kGrid;
    const bool all = cover == nullptr || (cover->is_scalar() && cover->text() == "all");
    if (levels != nullptr) read_levels(*levels, rows);
    if (cover != nullptr && !all)
      rows.names = read_parameter_list(*cover, "cover", Needs::kVaries, names_);
    if (all && (cover != nullptr || grid)) rows.names = listed(rows);
    if (cover == nullptr && !grid) {
      for (const char* key : {"ways", "levels"}) {
        const core::YamlNode* useless = node_.find(key);
        if (useless == nullptr) continue;
        names_.diagnostics.error(useless->location(),
                                 std::string(key) + ": says nothing without 'cover'");
      }
      return false;
    }
    for (const auto& [name, count] : rows.levels) {
      if (std::find(rows.names.begin(), rows.names.end(), name) != rows.names.end()) continue;
      names_.diagnostics.error(levels->location(), "levels: '" + name + "' is not in 'cover'");
    }
    rows.where = (cover != nullptr ? *cover : node_).location();
    if (rows.names.empty() && names_.diagnostics.items().size() == before) {
      names_.diagnostics.error(rows.where, "there is no parameter with a list of options",
                               "give numbers of levels: {levels: {v_ego: 5}}");
    }
    return names_.diagnostics.items().size() == before;
  }

  void read_levels(const core::YamlNode& node, RowRequest& rows) {
    if (!node.is_map()) {
      names_.diagnostics.error(node.location(),
                               "levels: expected a map like {v_ego: 5}, found " + node.describe());
    }
    for (const core::YamlEntry& entry : node.entries()) {
      if (!names_.parameter_type(entry.key, entry.where)) continue;
      const auto count = entry.value.as_int();
      if (count && *count >= 2 && *count <= 1000) {
        rows.levels[entry.key] = static_cast<int>(*count);
      } else {
        names_.diagnostics.error(entry.value.location(),
                                 "levels: expected 2 to 1000, found " + entry.value.describe());
      }
    }
  }

  // Parameters with options or levels, as declared.
  std::vector<std::string> listed(const RowRequest& rows) const {
    std::vector<std::string> out;
    for (const Parameter& parameter : scenario_.parameters) {
      const bool has_options = parameter.value.kind == Value::Kind::kDrawn &&
                               !parameter.value.distribution->options().empty();
      if (has_options || rows.levels.count(parameter.name) > 0) out.push_back(parameter.name);
    }
    return out;
  }

  void make_rows(const RowRequest& request) {
    const std::uint64_t key = core::hash64("sample.cover", core::hash64(scenario_.name, 1));
    auto made = make_row_plan(scenario_, request, plan().method == SampleMethod::kGrid, key);
    if (made) {
      plan().rows = std::move(*made);
    } else {
      names_.diagnostics.append(made.error());
    }
  }

  const core::YamlNode& node_;
  Scenario& scenario_;
  Names& names_;
  core::MapReader reader_;
};

}  // namespace

void read_sample(const core::YamlNode& node, Scenario& scenario, Names& names) {
  SampleReader(node, scenario, names).run();
}

}  // namespace oddroad::scenario
