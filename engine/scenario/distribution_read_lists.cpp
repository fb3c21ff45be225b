// choice, histogram, mixture.
#include <algorithm>

#include "engine/core/map_reader.h"
#include "engine/scenario/distribution_read.h"
#include "engine/scenario/token.h"

namespace oddroad::scenario {

namespace {

constexpr const char* kNoWeight = "one of them at least must be above 0";

bool is_number_text(std::string_view text) {
  return !text.empty() && std::string_view("0123456789+-.").find(text[0]) != std::string_view::npos;
}

// Unknown keys of `node`, told; true if there are none.
bool has_only(const core::YamlNode& node, const char* key, Names& names) {
  core::MapReader reader(node, "distribution", names.diagnostics);
  reader.optional(key);
  const std::size_t before = names.diagnostics.items().size();
  reader.finish();
  return names.diagnostics.items().size() == before;
}

std::optional<double> read_weight(const core::YamlNode& node, Names& names) {
  const auto weight = node.as_double();
  if (!weight) {
    names.diagnostics.append(weight.error());
    return std::nullopt;
  }
  if (*weight >= 0) return *weight;
  names.diagnostics.error(node.location(), "a weight cannot be negative");
  return std::nullopt;
}

bool add_option(const std::string& text, const core::SourceLocation& where, double weight,
                std::vector<Distribution::Option>& options, Names& names) {
  const auto literal = read_literal(text, where);
  if (!literal) {
    names.diagnostics.append(literal.error());
    return false;
  }
  if (!options.empty() && !(options.front().value.type == literal->type)) {
    names.diagnostics.error(
        where, "choices must be alike: " + describe(options.front().value.type) + " and " +
                   describe(literal->type));
    return false;
  }
  options.push_back({*literal, weight, where});
  return true;
}

// Of the first range among the options.
std::optional<core::SourceLocation> find_range(const core::YamlNode& choice) {
  const auto is_range = [](const std::string& text) {
    return text.find("..") != std::string::npos;
  };
  for (const core::YamlNode& item : choice.items()) {
    if (is_range(item.text())) return item.location();
  }
  for (const core::YamlEntry& entry : choice.entries()) {
    if (is_range(entry.key)) return entry.where;
  }
  return std::nullopt;
}

// What can do it.
std::string as_mixture(const core::YamlNode& choice) {
  std::string parts;
  const auto add = [&](const std::string& of, const std::string& weight) {
    parts += (parts.empty() ? "{of: " : ", {of: ") + of +
             (weight.empty() ? "}" : ", weight: " + weight + "}");
  };
  for (const core::YamlNode& item : choice.items()) add(item.text(), "");
  for (const core::YamlEntry& entry : choice.entries()) add(entry.key, entry.value.text());
  return "{mixture: [" + parts + "]}";
}

// The options of a list or a map; false if anything was wrong.
bool read_options(const core::YamlNode& choice, std::vector<Distribution::Option>& options,
                  Names& names) {
  if (const auto range = find_range(choice)) {
    names.diagnostics.error(*range, "a choice is one of numbers or words, not of ranges",
                            "write '" + as_mixture(choice) + "'");
    return false;
  }
  bool fine = true;
  for (const core::YamlNode& item : choice.items()) {
    if (!item.is_scalar()) {
      names.diagnostics.error(item.location(),
                              "expected a number or a word, found " + item.describe());
      fine = false;
      continue;
    }
    fine = add_option(item.text(), item.text_location(), 1, options, names) && fine;
  }
  for (const core::YamlEntry& entry : choice.entries()) {
    const auto weight = read_weight(entry.value, names);
    fine = weight && add_option(entry.key, entry.where, *weight, options, names) && fine;
  }
  return fine;
}

// A part of a mixture: numbers that depend on nothing.
std::optional<TypedDistribution> read_part(const core::YamlNode& node, Names& names) {
  if (node.is_map()) return read_distribution(node, names);
  if (node.text().find("..") != std::string::npos) return read_range(node, names);
  const auto literal = read_literal(node.text(), node.text_location());
  if (!literal) {
    names.diagnostics.append(literal.error());
    return std::nullopt;
  }
  return TypedDistribution{make_choice({{*literal, 1, node.location()}}), literal->type};
}

}  // namespace

core::Result<Drawn> read_literal(const std::string& text, const core::SourceLocation& where) {
  if (is_number_text(text)) {
    const auto quantity = core::parse_quantity(text, where);
    if (!quantity) return core::forward_error(quantity);
    return Drawn{{false, quantity->dimension}, "", quantity->value};
  }
  const auto tokens = tokenize(text, where);
  if (!tokens) return core::forward_error(tokens);
  if (tokens->size() == 2 && tokens->front().kind == Token::Kind::kWord) {
    return Drawn{{true, {}}, text, 0};
  }
  return core::fail_at(where, "expected a number or a word, found '" + text + "'");
}

std::optional<TypedDistribution> read_choice(const core::YamlNode& node, Names& names) {
  const core::YamlNode& choice = *node.find("choice");
  std::vector<Distribution::Option> options;
  if (!read_options(choice, options, names)) return std::nullopt;
  double total = 0;
  for (const Distribution::Option& option : options) total += option.weight;
  if (!(total > 0)) {
    names.diagnostics.error(choice.location(),
                            options.empty() ? "expected a list or a map of choices, found " +
                                                  (choice.is_scalar() ? choice.describe() : "none")
                                            : "all weights are 0",
                            options.empty() ? "" : kNoWeight);
    return std::nullopt;
  }
  if (!has_only(node, "choice", names)) return std::nullopt;
  const ValueType type = options.front().value.type;
  return TypedDistribution{make_choice(std::move(options)), type};
}

std::optional<TypedDistribution> read_histogram(const core::YamlNode& node, Names& names) {
  const core::YamlNode& bars = *node.find("histogram");
  if (bars.entries().empty()) {
    names.diagnostics.error(bars.location(), "expected a map like {0 .. 10 m: 3, 10 .. 20 m: 1}");
    return std::nullopt;
  }
  std::vector<Bin> bins;
  std::optional<core::Dimension> dimension;
  double total = 0;
  const std::size_t before = names.diagnostics.items().size();
  for (const core::YamlEntry& entry : bars.entries()) {
    const auto range = core::parse_range(entry.key, entry.where);
    const auto weight = read_weight(entry.value, names);
    if (!range) names.diagnostics.append(range.error());
    if (!range || !weight) continue;
    if (dimension && !(*dimension == range->dimension)) {
      names.diagnostics.error(entry.where, "bins must be alike: " + core::describe(*dimension) +
                                               " and " + core::describe(range->dimension));
    } else if (!bins.empty() && range->lower < bins.back().upper) {
      names.diagnostics.error(entry.where, "bins stand in order and do not overlap");
    }
    dimension = range->dimension;
    bins.push_back({range->lower, range->upper, *weight});
    total += *weight;
  }
  if (names.diagnostics.items().size() > before) return std::nullopt;
  if (!(total > 0)) {
    names.diagnostics.error(bars.location(), "all weights are 0", kNoWeight);
    return std::nullopt;
  }
  if (!has_only(node, "histogram", names)) return std::nullopt;
  return TypedDistribution{make_histogram(*dimension, bins), {false, *dimension}};
}

std::optional<TypedDistribution> read_mixture(const core::YamlNode& node, Names& names) {
  const core::YamlNode& list = *node.find("mixture");
  if (list.items().empty()) {
    names.diagnostics.error(list.location(), "expected a list of {of: ..., weight: ...}");
    return std::nullopt;
  }
  std::vector<Part> parts;
  std::optional<ValueType> type;
  double total = 0;
  const std::size_t before = names.diagnostics.items().size();
  for (const core::YamlNode& item : list.items()) {
    core::MapReader reader(item, "mixture", names.diagnostics);
    const core::YamlNode* of = reader.required("of");
    const core::YamlNode* share = reader.optional("weight");
    reader.finish();
    if (of == nullptr) continue;
    const auto weight = share == nullptr ? std::optional(1.0) : read_weight(*share, names);
    const auto part = read_part(*of, names);
    if (!part || !weight) continue;
    if (part->type.is_word) {
      names.diagnostics.error(of->location(), "a mixture is one of numbers",
                              "words are drawn by {choice: {a: 3, b: 1}}");
    } else if (type && !(*type == part->type)) {
      names.diagnostics.error(of->location(), "parts must be alike: " + describe(*type) + " and " +
                                                  describe(part->type));
    }
    type = part->type;
    total += *weight;
    parts.push_back({part->of, *weight});
  }
  if (names.diagnostics.items().size() > before) return std::nullopt;
  if (!(total > 0)) {
    names.diagnostics.error(list.location(), "all weights are 0", kNoWeight);
    return std::nullopt;
  }
  if (!has_only(node, "mixture", names)) return std::nullopt;
  return TypedDistribution{make_mixture(type->dimension, std::move(parts)), *type};
}

}  // namespace oddroad::scenario
