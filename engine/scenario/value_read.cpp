// YAML to Value.
#include <algorithm>
#include <cmath>

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

std::optional<Value> read_fixed(const core::YamlNode& node, Names& names) {
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

// What can be told of its numbers before drawing; expressions are looked at when drawn.
std::vector<double> known_numbers(const Value& value) {
  std::vector<double> out;
  if (value.kind == Value::Kind::kFixed) {
    if (value.fixed.kind == Expression::Kind::kLiteral) out = {value.fixed.literal.number};
    return out;
  }
  for (const auto& option : value.distribution->options()) out.push_back(option.value.number);
  if (!out.empty()) return out;
  const auto [lower, upper] = value.distribution->span();
  const double typical = value.distribution->at(0.5).number;
  return {std::isinf(lower) ? typical : lower, std::isinf(upper) ? typical : upper};
}

bool within_limits(const Value& value, Names& names) {
  for (const Value* leaf : leaves(value)) {
    Value held = *leaf;
    held.spec = value.spec;
    held.path = value.path;
    for (const double number : known_numbers(held)) {
      const auto checked = check_limits(held, number);
      if (checked) continue;
      names.diagnostics.append(checked.error());
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
    names.diagnostics.error(node.location(), "expected a value, found " + node.describe());
  } else if (node.find("given") != nullptr) {
    value = read_given(node, path, names);
  } else {
    value = drawn_from(read_distribution(node, names));
  }
  if (!value) return std::nullopt;
  value->path = path;
  value->where = node.location();
  return value;
}

std::optional<Value> read_number(const core::YamlNode& node, const std::string& path,
                                 const NumberSpec& spec, Names& names) {
  std::optional<Value> value = read_value(node, path, names);
  if (!value) return std::nullopt;
  if (!(value->type == ValueType{false, spec.dimension})) {
    names.diagnostics.error(node.location(), "expected " + core::describe(spec.dimension) +
                                                 ", found " + shown(node, *value));
    return std::nullopt;
  }
  value->spec = spec;
  if (!within_limits(*value, names)) return std::nullopt;
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
