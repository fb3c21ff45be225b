#include "engine/explore/outcome_table.h"

#include <algorithm>
#include <cstdio>

namespace oddroad::explore {
namespace {

using scenario::OutcomeBin;
using scenario::OutcomeQuantity;

constexpr const char* kNone = "none";

std::string shown(double x, core::Dimension dimension) {
  return core::format_quantity(x, dimension);
}

// The classes of a quantity: those of its goal, or between its usual edges.
std::vector<OutcomeBin> bins_of(const scenario::OutcomeRule& rule, std::size_t q) {
  for (const scenario::OutcomeGoal& goal : rule.cover) {
    if (goal.quantity == q) return goal.bins;
  }
  const OutcomeQuantity& quantity = scenario::outcome_quantities()[q];
  std::vector<OutcomeBin> out;
  for (std::size_t k = 0; k < quantity.edges.size(); ++k) {
    const double lower = quantity.edges[k];
    const bool last = k + 1 == quantity.edges.size();
    const double upper = last ? INFINITY : quantity.edges[k + 1];
    const std::string to = last ? "or more" : ".. " + shown(upper, quantity.dimension);
    std::string from = shown(lower, quantity.dimension);
    if (!last) from = from.substr(0, from.find(' '));
    out.push_back({from + " " + to, lower, upper, 0});
  }
  return out;
}

// bins.size(): in none of them; one more: it has no value.
std::size_t class_of(const std::optional<double>& value, const std::vector<OutcomeBin>& bins) {
  if (!value) return bins.size() + 1;
  const auto found = std::find_if(bins.begin(), bins.end(), [&](const OutcomeBin& bin) {
    return *value >= bin.lower && *value < bin.upper;
  });
  return static_cast<std::size_t>(found - bins.begin());
}

bool is_told(const SearchResult& result, std::size_t q) {
  return std::any_of(result.played.begin(), result.played.end(), [&](const Outcome& one) {
    return one.values[q].has_value();
  });
}

}  // namespace

std::string to_text(const scenario::OutcomeRule& rule, const SearchResult& result) {
  std::string out;
  char line[160];
  std::snprintf(line, sizeof line, "%-12s %-22s %8s %8s %8s\n", "outcome", "", "played", "kept",
                "wanted");
  out += line;
  for (std::size_t q = 0; q < scenario::outcome_quantities().size(); ++q) {
    if (!is_told(result, q)) continue;
    const std::vector<OutcomeBin> bins = bins_of(rule, q);
    std::vector<std::size_t> played(bins.size() + 2, 0), kept(bins.size() + 2, 0);
    for (std::size_t k = 0; k < result.played.size(); ++k) {
      const std::size_t at = class_of(result.played[k].values[q], bins);
      ++played[at];
      if (result.kept[k]) ++kept[at];
    }
    for (std::size_t b = 0; b < played.size(); ++b) {
      if (b >= bins.size() && played[b] == 0) continue;
      const bool goal = b < bins.size() && bins[b].wanted > 0;
      const std::string name = b < bins.size() ? bins[b].name : b == bins.size() ? "others" : kNone;
      std::snprintf(line, sizeof line, "%-12s %-22s %8zu %8zu %8s\n",
                    b == 0 ? scenario::outcome_quantities()[q].name : "", name.c_str(), played[b],
                    kept[b], goal ? std::to_string(bins[b].wanted).c_str() : "");
      out += line;
    }
  }
  return out;
}

std::string to_csv(const scenario::Scenario& scenario, const SearchResult& result) {
  std::string out = "index,attempt,kept";
  for (const OutcomeQuantity& quantity : scenario::outcome_quantities()) {
    const std::string text = shown(1, quantity.dimension);
    const std::size_t space = text.find(' ');
    out += "," + std::string(quantity.name) +
           (space == std::string::npos ? "" : " [" + text.substr(space + 1) + "]");
  }
  std::vector<scenario::Variant> variants;
  for (const Outcome& one : result.played) variants.push_back(one.variant);
  const scenario::SampleTable drawn = scenario::make_sample_table(scenario, variants);
  for (const scenario::SampleColumn& column : drawn.columns) out += "," + csv_head(column);
  out += '\n';
  for (std::size_t k = 0; k < result.played.size(); ++k) {
    const Outcome& one = result.played[k];
    out += std::to_string(one.index) + "," + std::to_string(one.variant.attempt) +
           (result.kept[k] ? ",1" : ",0");
    for (const std::optional<double>& value : one.values) {
      char text[40] = "";
      if (value) std::snprintf(text, sizeof text, "%.9g", *value);
      out += "," + std::string(text);
    }
    for (const scenario::SampleColumn& column : drawn.columns) out += "," + csv_field(column, k);
    out += '\n';
  }
  return out;
}

scenario::SampleTable to_table(const scenario::Scenario& scenario, const SearchResult& result) {
  std::vector<scenario::Variant> variants;
  for (std::size_t k = 0; k < result.played.size(); ++k) {
    if (result.kept[k]) variants.push_back(result.played[k].variant);
  }
  scenario::SampleTable table = scenario::make_sample_table(scenario, variants);
  std::vector<scenario::SampleColumn> columns;
  for (std::size_t q = 0; q < scenario::outcome_quantities().size(); ++q) {
    if (!is_told(result, q)) continue;
    const std::vector<OutcomeBin> bins = bins_of(scenario.outcomes, q);
    scenario::SampleColumn column;
    column.name = scenario::outcome_quantities()[q].name;
    column.is_word = true;
    for (const OutcomeBin& bin : bins) column.options.push_back(bin.name);
    std::vector<std::string> names = column.options;
    names.insert(names.end(), {"others", kNone});
    for (std::size_t k = 0; k < result.played.size(); ++k) {
      if (!result.kept[k]) continue;
      column.words.push_back(names[class_of(result.played[k].values[q], bins)]);
    }
    for (const char* rest : {"others", kNone}) {
      if (std::count(column.words.begin(), column.words.end(), rest) > 0) {
        column.options.emplace_back(rest);
      }
    }
    columns.push_back(std::move(column));
  }
  table.columns.insert(table.columns.begin(), columns.begin(), columns.end());
  return table;
}

}  // namespace oddroad::explore
