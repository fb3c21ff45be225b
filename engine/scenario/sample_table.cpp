#include "engine/scenario/sample_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <set>

#include "engine/scenario/degrees.h"

namespace oddroad::scenario {

namespace {

constexpr std::size_t kClasses = 5;
constexpr std::size_t kMostOptions = 24;

std::string format(const char* pattern, double number) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, number);
  return text;
}

// "8.3 m/s": "m/s"
std::string unit_of(const std::string& text) {
  const std::size_t space = text.find(' ');
  return space == std::string::npos ? "" : text.substr(space + 1);
}

void cut_evenly(SampleColumn& column) {
  const auto [least, most] = std::minmax_element(column.numbers.begin(), column.numbers.end());
  for (std::size_t k = 1; k < kClasses; ++k) {
    column.edges.push_back(*least + (*most - *least) * static_cast<double>(k) /
                                        static_cast<double>(kClasses));
  }
}

void list_what_came(SampleColumn& column) {
  const std::set<std::string> seen(column.words.begin(), column.words.end());
  column.options.assign(seen.begin(), seen.end());
}

// Whether it counts or switches something: of so many classes as widths are cut into most would
// be empty.
bool takes_few_values(const SampleColumn& column) {
  const std::set<std::string> seen(column.words.begin(), column.words.end());
  return seen.size() <= kClasses && 4 * seen.size() <= column.words.size();
}

// By the parameter's distribution, so that what never came is missed.
void classify(SampleColumn& column, const Value* value, double scale) {
  if (value != nullptr && value->kind == Value::Kind::kDrawn) {
    for (const auto& option : value->distribution->options()) {
      if (option.weight > 0) column.options.push_back(in_degrees(to_string(option.value)));
    }
    if (!column.options.empty() && column.options.size() <= kMostOptions) return;
    column.options.clear();
    if (!column.is_word) {
      for (std::size_t k = 1; k < kClasses; ++k) {
        const double share = static_cast<double>(k) / static_cast<double>(kClasses);
        column.edges.push_back(scale * value->distribution->at(share).number);
      }
      return;
    }
  }
  const bool varies = std::any_of(column.words.begin(), column.words.end(), [&](const auto& word) {
    return word != column.words.front();
  });
  if (column.is_word || !varies || takes_few_values(column)) return list_what_came(column);
  cut_evenly(column);
}

SampleColumn make_column(const std::string& name, const std::vector<Variant>& variants,
                         const Value* value) {
  SampleColumn column;
  column.name = name;
  double scale = 1;
  for (const Variant& variant : variants) {
    const auto found = variant.parameters.find(name);
    const std::string text = found == variant.parameters.end() ? "" : found->second;
    scale = shown_scale(unit_of(text));
    column.words.push_back(in_degrees(text));
    const auto number = variant.parameter_values.find(name);
    if (number != variant.parameter_values.end()) column.numbers.push_back(scale * number->second);
  }
  column.is_word = column.numbers.size() < variants.size();
  if (column.is_word) {
    column.numbers.clear();
  } else {
    column.unit = unit_of(column.words.front());
  }
  classify(column, value, scale);
  return column;
}

// Parameters whose classes are all the options that they are drawn from.
std::vector<std::string> with_options(const Scenario& scenario, const SampleTable& table) {
  std::vector<std::string> out;
  for (std::size_t k = 0; k < scenario.parameters.size(); ++k) {
    const Value& value = scenario.parameters[k].value;
    if (value.kind != Value::Kind::kDrawn) continue;
    const auto options = value.distribution->options();
    const auto drawn = std::count_if(options.begin(), options.end(), [](const auto& option) {
      return option.weight > 0;
    });
    const std::size_t classes = table.columns[k].options.size();
    if (classes > 0 && static_cast<std::size_t>(drawn) == classes) {
      out.push_back(scenario.parameters[k].name);
    }
  }
  return out;
}

std::string cell(const std::string& text) {
  return text.find_first_of(",\"\n") == std::string::npos ? text : "\"" + text + "\"";
}

std::string head(const SampleColumn& column) {
  return column.unit.empty() ? column.name : column.name + " [" + column.unit + "]";
}

std::string summary(const SampleColumn& column) {
  std::string out;
  const auto count = static_cast<double>(column.words.size());
  if (column.is_word) {
    std::vector<int> seen(column.options.size());
    for (std::size_t k = 0; k < column.words.size(); ++k) {
      if (column.class_of(k) < seen.size()) ++seen[column.class_of(k)];
    }
    for (std::size_t k = 0; k < seen.size(); ++k) {
      out +=
          (out.empty() ? "" : ", ") + column.options[k] + format(" %.1f %%", 100 * seen[k] / count);
    }
    return out;
  }
  std::vector<double> sorted = column.numbers;
  std::sort(sorted.begin(), sorted.end());
  const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / count;
  double squares = 0;
  for (const double x : sorted) squares += (x - mean) * (x - mean);
  const auto at = [&](double share) {
    return sorted[static_cast<std::size_t>(share * (count - 1))];
  };
  for (const double number : {sorted.front(), at(0.05), at(0.5), at(0.95), sorted.back(), mean,
                              std::sqrt(squares / count)}) {
    out += format("%11.5g", number);
  }
  return out;
}

}  // namespace

std::size_t SampleColumn::class_of(std::size_t k) const {
  if (!options.empty()) {
    return static_cast<std::size_t>(std::find(options.begin(), options.end(), words[k]) -
                                    options.begin());
  }
  return static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), numbers[k]) -
                                  edges.begin());
}

SampleTable make_sample_table(const Scenario& scenario, const std::vector<Variant>& variants) {
  SampleTable table;
  table.scenario = scenario.name;
  for (const Variant& variant : variants) {
    table.index.push_back(variant.index);
    table.attempt.push_back(variant.attempt);
  }
  if (variants.empty()) return table;
  tally_balances(scenario, variants, table);
  std::set<std::string> others;
  for (const Variant& variant : variants) {
    for (const auto& [name, text] : variant.parameters) others.insert(name);
  }
  for (const Parameter& parameter : scenario.parameters) {
    table.columns.push_back(make_column(parameter.name, variants, &parameter.value));
    others.erase(parameter.name);
  }
  for (const std::string& name : others) {
    table.columns.push_back(make_column(name, variants, nullptr));
    table.columns.back().is_worth =
        name.starts_with("rare.log_") || name.starts_with("balance.log_");
  }
  table.excluded = excluded_pairs(scenario, with_options(scenario, table));
  return table;
}

double pair_coverage(const SampleTable& table, const SampleColumn& a, const SampleColumn& b) {
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (std::size_t k = 0; k < a.words.size(); ++k) {
    const std::size_t in_a = a.class_of(k), in_b = b.class_of(k);
    if (in_a < a.classes() && in_b < b.classes()) seen.emplace(in_a, in_b);
  }
  const auto excluded = table.excluded.find({a.name, b.name});
  const std::size_t never = excluded == table.excluded.end() ? 0 : excluded->second.size();
  const std::size_t may = a.classes() * b.classes() - never;
  return may == 0 ? 1 : static_cast<double>(seen.size()) / static_cast<double>(may);
}

std::string csv_head(const SampleColumn& column) {
  return cell(head(column));
}

std::string csv_field(const SampleColumn& column, std::size_t k) {
  return column.is_word ? cell(column.words[k]) : format("%.9g", column.numbers[k]);
}

std::string to_csv(const SampleTable& table) {
  std::string out = "index,attempt";
  for (const SampleColumn& column : table.columns) out += "," + csv_head(column);
  out += '\n';
  for (std::size_t k = 0; k < table.index.size(); ++k) {
    out += std::to_string(table.index[k]) + "," + std::to_string(table.attempt[k]);
    for (const SampleColumn& column : table.columns) out += "," + csv_field(column, k);
    out += '\n';
  }
  return out;
}

std::string to_text(const SampleTable& table) {
  std::size_t widest = 9;
  for (const SampleColumn& column : table.columns) widest = std::max(widest, head(column).size());
  const auto padded = [&](const std::string& text) {
    return text + std::string(widest - text.size() + 2, ' ');
  };
  std::string out = padded("parameter");
  for (const char* name : {"least", "5 %", "median", "95 %", "most", "mean", "sd"}) {
    out += std::string(11 - std::string(name).size(), ' ') + name;
  }
  out += '\n';
  for (const SampleColumn& column : table.columns) {
    out += padded(head(column)) + (column.is_word ? " " : "") + summary(column) + '\n';
  }
  return out;
}

}  // namespace oddroad::scenario
