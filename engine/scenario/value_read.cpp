// YAML to Value.
#include <algorithm>
#include <cmath>

#include "engine/core/map_reader.h"
#include "engine/core/suggest.h"
#include "engine/scenario/value.h"

namespace oddroad::scenario {

namespace {

bool is_number_text(std::string_view text) {
  return !text.empty() && std::string_view("0123456789+-.").find(text[0]) != std::string_view::npos;
}

// A quantity or a word, as it stands in choices.
core::Result<Drawn> read_literal(const std::string& text, const core::SourceLocation& where) {
  if (is_number_text(text)) {
    const auto quantity = core::parse_quantity(text, where);
    if (!quantity) return forward_error(quantity);
    return Drawn{{false, quantity->dimension}, "", quantity->value};
  }
  const auto tokens = tokenize(text, where);
  if (!tokens) return forward_error(tokens);
  if (tokens->size() == 2 && tokens->front().kind == Token::Kind::kWord) {
    return Drawn{{true, {}}, text, 0};
  }
  return core::fail_at(where, "expected a number or a word, found '" + text + "'");
}

class ValueReader {
 public:
  ValueReader(const core::YamlNode& node, const std::string& path, Names& names)
      : node_(node), names_(names) {
    value_.path = path;
    value_.where = node.location();
  }

  std::optional<Value> run() {
    bool fine = false;
    if (node_.is_scalar()) {
      fine = node_.text().find("..") != std::string::npos ? read_range() : read_fixed();
    } else if (node_.is_map()) {
      fine = read_distribution();
    } else {
      return error("expected a value, found " + node_.describe());
    }
    if (!fine) return std::nullopt;
    return value_;
  }

 private:
  std::nullopt_t error(std::string message) {
    names_.diagnostics.error(node_.location(), std::move(message));
    return std::nullopt;
  }
  template <typename T>
  bool failed(const core::Result<T>& result) {
    if (!result) names_.diagnostics.append(result.error());
    return !result;
  }

  bool read_fixed() {
    auto expression = parse_expression(node_.text(), node_.text_location());
    if (failed(expression)) return false;
    const auto type = check_type(*expression, names_);
    if (!type) return false;
    value_.fixed = std::move(*expression);
    value_.type = *type;
    return true;
  }

  bool read_range() {
    const auto range = core::parse_range(node_.text(), node_.text_location());
    if (failed(range)) return false;
    value_.kind = Value::Kind::kRange;
    value_.type = {false, range->dimension};
    value_.lower = range->lower;
    value_.upper = range->upper;
    return true;
  }

  bool read_distribution() {
    core::MapReader reader(node_, "distribution", names_.diagnostics);
    bool fine = false;
    if (node_.find("normal") != nullptr) {
      fine = read_normal(reader);
    } else if (node_.find("choice") != nullptr) {
      fine = read_choice(reader);
    } else {
      for (const core::YamlEntry& entry : node_.entries()) {
        for (const char* planned : {"lognormal", "steps", "file", "uniform"}) {
          if (entry.key != planned) continue;
          names_.diagnostics.error(entry.where, "'" + entry.key + "' is not supported yet");
          return false;
        }
      }
      error("expected a distribution: {normal: ..., sd: ..., in: ...} or {choice: ...}");
      return false;
    }
    const std::size_t before = names_.diagnostics.items().size();
    reader.not_supported({"given"});
    reader.finish();
    return fine && names_.diagnostics.items().size() == before;
  }

  bool read_normal(core::MapReader& reader) {
    const core::YamlNode* mean = reader.required("normal");
    const core::YamlNode* deviation = reader.required("sd");
    const core::YamlNode* limits = reader.optional("in");
    if (mean == nullptr || deviation == nullptr) return false;
    const auto mean_value = core::parse_quantity(mean->text(), mean->text_location());
    if (failed(mean_value)) return false;
    const auto sd =
        core::parse_quantity(deviation->text(), mean_value->dimension, deviation->text_location());
    if (failed(sd)) return false;
    if (!(*sd > 0)) {
      names_.diagnostics.error(deviation->location(), "the deviation must be above 0");
      return false;
    }
    value_.kind = Value::Kind::kNormal;
    value_.type = {false, mean_value->dimension};
    value_.mean = mean_value->value;
    value_.deviation = *sd;
    return limits == nullptr || read_limits(*limits);
  }

  bool read_limits(const core::YamlNode& limits) {
    const auto range = core::parse_range(limits.text(), limits.text_location());
    if (failed(range)) return false;
    if (!(range->dimension == value_.type.dimension)) {
      names_.diagnostics.error(limits.location(), "expected a range of " +
                                                      core::describe(value_.type.dimension) +
                                                      ", found '" + limits.text() + "'");
      return false;
    }
    value_.lower = range->lower;
    value_.upper = range->upper;
    return true;
  }

  bool read_choice(core::MapReader& reader) {
    const core::YamlNode* choice = reader.required("choice");
    if (choice == nullptr) return false;
    value_.kind = Value::Kind::kChoice;
    bool fine = true;
    for (const core::YamlNode& item : choice->items()) {
      if (!item.is_scalar()) {
        names_.diagnostics.error(item.location(),
                                 "expected a number or a word, found " + item.describe());
        fine = false;
        continue;
      }
      fine = add_option(item.text(), item.text_location(), 1) && fine;
    }
    for (const core::YamlEntry& entry : choice->entries()) {
      fine = add_weighted(entry) && fine;
    }
    if (!fine) return false;
    double total = 0;
    for (const Value::Option& option : value_.options) total += option.weight;
    if (!(total > 0)) {
      names_.diagnostics.error(choice->location(),
                               value_.options.empty()
                                   ? "expected a list or a map of choices, found " +
                                         (choice->is_scalar() ? choice->describe() : "none")
                                   : "all weights are 0");
      return false;
    }
    value_.type = value_.options.front().value.type;
    return true;
  }

  bool add_weighted(const core::YamlEntry& entry) {
    const auto weight = entry.value.as_double();
    if (failed(weight)) return false;
    if (*weight < 0) {
      names_.diagnostics.error(entry.value.location(), "a weight cannot be negative");
      return false;
    }
    return add_option(entry.key, entry.where, *weight);
  }

  bool add_option(const std::string& text, const core::SourceLocation& where, double weight) {
    const auto literal = read_literal(text, where);
    if (failed(literal)) return false;
    if (!value_.options.empty() && !(value_.options.front().value.type == literal->type)) {
      names_.diagnostics.error(
          where, "choices must be alike: " + describe(value_.options.front().value.type) + " and " +
                     describe(literal->type));
      return false;
    }
    value_.options.push_back({*literal, weight, where});
    return true;
  }

  const core::YamlNode& node_;
  Names& names_;
  Value value_;
};

std::string shown(const core::YamlNode& node, const Value& value) {
  if (!node.is_scalar()) return describe(value.type);
  const bool literal =
      value.kind == Value::Kind::kFixed && value.fixed.kind == Expression::Kind::kLiteral;
  return node.describe() + (literal ? "" : " (" + describe(value.type) + ")");
}

// Can the value be outside its limits whatever is drawn? Expressions are looked at when drawn.
bool within_limits(const Value& value, Names& names) {
  std::vector<double> ends;
  if (value.kind == Value::Kind::kRange) ends = {value.lower, value.upper};
  if (value.kind == Value::Kind::kNormal) {
    ends = {std::isinf(value.lower) ? value.mean : value.lower,
            std::isinf(value.upper) ? value.mean : value.upper};
  }
  for (const Value::Option& option : value.options) ends.push_back(option.value.number);
  if (value.kind == Value::Kind::kFixed && value.fixed.kind == Expression::Kind::kLiteral) {
    ends = {value.fixed.literal.number};
  }
  for (const double end : ends) {
    const auto checked = check_limits(value, end);
    if (checked) continue;
    names.diagnostics.append(checked.error());
    return false;
  }
  return true;
}

}  // namespace

std::optional<Value> read_value(const core::YamlNode& node, const std::string& path, Names& names) {
  return ValueReader(node, path, names).run();
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
  if (value->kind == Value::Kind::kFixed && value->fixed.kind == Expression::Kind::kLiteral) {
    check(value->fixed.literal.word, value->where);
  }
  for (const Value::Option& option : value->options) check(option.value.word, option.where);
  if (!fine) return std::nullopt;
  return value;
}

}  // namespace oddroad::scenario
