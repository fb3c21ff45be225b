// YAML to Value.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/core/suggest.h"
#include "engine/scenario/distribution_read.h"
#include "engine/scenario/value.h"

namespace oddroad::scenario {

namespace {

std::string shown(const core::YamlNode& node, const Value& value) {
  if (!node.is_scalar()) return describe(value.type);
  const bool literal =
      value.kind == Value::Kind::kFixed && value.fixed.kind == Expression::Kind::kLiteral;
  return node.describe() + (literal ? "" : " (" + describe(value.type) + ")");
}

// "20 - 50 km/h", "20 to 50 km/h": ranges, written otherwise. Differences have two units.
std::optional<std::string> meant_as_range(const std::string& text) {
  for (const char* word : {" to ", " - ", "-"}) {
    const std::size_t at = text.find(word, 1);
    if (at == std::string::npos) continue;
    const std::string first = text.substr(0, at), second = text.substr(at + std::strlen(word));
    const auto a = core::parse_quantity(first, core::SourceLocation{});
    const auto b = core::parse_quantity(second, core::SourceLocation{});
    const bool bare = a && b && a->dimension == core::kNumber && b->dimension != core::kNumber;
    if (bare || (a && b && std::string(word) == " to ")) return first + " .. " + second;
  }
  return std::nullopt;
}

// "normal(30 km/h, 3 km/h)": a distribution, written as a function. Within braces its comma has
// ended the value already.
std::string meant_as_distribution(const std::string& text) {
  const std::pair<const char*, const char*> called[] = {
      {"normal", "{normal: 30 km/h, sd: 3 km/h}"},
      {"gauss", "{normal: 30 km/h, sd: 3 km/h}"},
      {"lognormal", "{lognormal: 30 km/h, sigma: 0.2}"},
      {"uniform", "20 .. 50 km/h"},
      {"choice", "{choice: [a, b]}"},
      {"integer", "{integer: 2 .. 5}"}};
  const std::size_t open = text.find('(');
  const std::string name = text.substr(0, open);
  for (const auto& [known, form] : called) {
    if (open == std::string::npos || name != known) continue;
    const std::size_t comma = text.find(", ", open), end = text.find(')', open);
    if (name != "normal" || comma == std::string::npos || end == std::string::npos) return form;
    return "{normal: " + text.substr(open + 1, comma - open - 1) +
           ", sd: " + text.substr(comma + 2, end - comma - 2) + "}";
  }
  return {};
}

std::optional<Value> read_fixed(const core::YamlNode& node, Names& names) {
  if (const std::string meant = meant_as_distribution(node.text()); !meant.empty()) {
    names.diagnostics.error(
        node.location(), "expected a value, found " + node.describe(),
        (meant[0] == '{' ? "distributions are maps: write '" : "a range is written '") + meant +
            "'");
    return std::nullopt;
  }
  if (const auto range = meant_as_range(node.text())) {
    names.diagnostics.error(node.location(), "expected a value, found " + node.describe(),
                            "a range is written '" + *range + "'");
    return std::nullopt;
  }
  auto expression = parse_expression(node.text(), node.text_location());
  if (!expression) {
    names.diagnostics.append(expression.error());
    return std::nullopt;
  }
  const auto type = check_type(*expression, names);
  if (!type) return std::nullopt;
  Value value;
  value.fixed = std::move(*expression);
  value.type = *type;
  return value;
}

std::optional<Value> drawn_from(std::optional<TypedDistribution> distribution) {
  if (!distribution) return std::nullopt;
  Value value;
  value.kind = Value::Kind::kDrawn;
  value.type = distribution->type;
  value.distribution = std::move(distribution->of);
  return value;
}

// Values that stand in for `value` when limits and words are checked.
std::vector<const Value*> leaves(const Value& value) {
  if (value.kind != Value::Kind::kGiven) return {&value};
  std::vector<const Value*> out;
  const auto add = [&](const Value& one) {
    const std::vector<const Value*> own = leaves(one);
    out.insert(out.end(), own.begin(), own.end());
  };
  for (const GivenTable::Case& one : value.given->cases) add(one.value);
  if (value.given->otherwise) add(*value.given->otherwise);
  return out;
}

// What a number outside of its limits may have been meant as.
std::string meant_as(const core::YamlNode& node, const NumberSpec& spec) {
  if (!node.is_scalar()) return {};
  const std::string& text = node.text();
  const std::size_t unit = text.find(" rad");
  if (spec.dimension == core::kAngle && unit != std::string::npos) {
    return "did you mean '" + text.substr(0, unit) + " deg'?";
  }
  const auto number = core::parse_quantity(text, core::kNumber, {});
  const bool share = spec.dimension == core::kNumber && spec.lower == 0 && spec.upper == 1;
  if (share && number && *number > 1 && *number <= 100 && text.find('%') == std::string::npos) {
    return "did you mean '" + text + " %'?";
  }
  return {};
}

// Numbers that count something are whole in every draw.
bool is_whole(const Value& value, const Names& names) {
  if (value.kind == Value::Kind::kFixed && value.fixed.kind == Expression::Kind::kParameter) {
    const auto named = names.values.find(value.fixed.name);
    return named == names.values.end() || is_whole(*named->second, names);
  }
  const std::vector<const Value*> all = leaves(value);
  return std::all_of(all.begin(), all.end(), [](const Value* leaf) {
    if (leaf->kind == Value::Kind::kFixed) {
      return leaf->fixed.kind != Expression::Kind::kLiteral ||
             std::floor(leaf->fixed.literal.number) == leaf->fixed.literal.number;
    }
    const auto options = leaf->distribution->options();
    return !options.empty() &&
           std::all_of(options.begin(), options.end(), [](const Distribution::Option& option) {
             return std::floor(option.value.number) == option.value.number;
           });
  });
}

bool within_limits(const Value& value, const core::YamlNode& node, Names& names) {
  for (const Value* leaf : leaves(value)) {
    Value held = *leaf;
    held.spec = value.spec;
    held.path = value.path;
    for (const double number : known_numbers(held)) {
      const auto checked = check_limits(held, number);
      if (checked) continue;
      const core::Diagnostic& problem = checked.error().items().at(0);
      names.diagnostics.error(problem.where, problem.message, meant_as(node, value.spec));
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<Value> read_value(const core::YamlNode& node, const std::string& path, Names& names) {
  std::optional<Value> value;
  if (node.is_scalar()) {
    value = node.text().find("..") != std::string::npos ? drawn_from(read_range(node, names))
                                                        : read_fixed(node, names);
  } else if (!node.is_map()) {
    names.diagnostics.error(node.location(), "expected a value, found " + node.describe(),
                            "a range is written '20 .. 50 km/h', one of several {choice: [a, b]}");
  } else if (node.find("given") != nullptr) {
    value = read_given(node, path, names);
  } else {
    value = drawn_from(read_distribution(node, names));
  }
  if (!value) return std::nullopt;
  value->path = path;
  value->where = node.location();
  names.values_by_path[path] = std::make_shared<const Value>(*value);
  return value;
}

std::optional<Value> read_number(const core::YamlNode& node, const std::string& path,
                                 const NumberSpec& spec, Names& names) {
  std::optional<Value> value = read_value(node, path, names);
  if (!value) return std::nullopt;
  if (!(value->type == ValueType{false, spec.dimension})) {
    const bool parameter = node.is_scalar() && names.declared_parameters.count(node.text()) > 0;
    names.diagnostics.error(
        node.location(),
        "expected " + core::describe(spec.dimension) + ", found " + shown(node, *value),
        parameter ? "write '$" + node.text() + "'" : "");
    return std::nullopt;
  }
  value->spec = spec;
  if (!within_limits(*value, node, names)) return std::nullopt;
  if (spec.whole && !is_whole(*value, names)) {
    names.diagnostics.error(node.location(), "expected whole numbers, found " + shown(node, *value),
                            "write '3' or {integer: 2 .. 5}");
    return std::nullopt;
  }
  return value;
}

std::optional<Value> read_word(const core::YamlNode& node, const std::string& path,
                               const std::vector<std::string>& allowed, Names& names) {
  std::optional<Value> value = read_value(node, path, names);
  if (!value) return std::nullopt;
  if (!value->type.is_word) {
    names.diagnostics.error(node.location(), "expected a word, found " + shown(node, *value));
    return std::nullopt;
  }
  bool fine = true;
  const auto check = [&](const std::string& word, const core::SourceLocation& where) {
    if (allowed.empty() || std::find(allowed.begin(), allowed.end(), word) != allowed.end()) return;
    std::string listed;
    for (const std::string& one : allowed) listed += (listed.empty() ? "" : ", ") + one;
    names.diagnostics.error(where, "'" + word + "' is none of " + listed,
                            core::did_you_mean(word, allowed));
    fine = false;
  };
  for (const Value* leaf : leaves(*value)) {
    for (const auto& option : listed_options(*leaf)) check(option.value.word, option.where);
  }
  if (!fine) return std::nullopt;
  return value;
}

}  // namespace oddroad::scenario
