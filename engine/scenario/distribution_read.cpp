#include "engine/scenario/distribution_read.h"

#include <cmath>
#include <limits>

#include "engine/core/map_reader.h"

namespace oddroad::scenario {

namespace {

using Reader = std::optional<TypedDistribution> (*)(const core::YamlNode&, Names&);

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kMostSteps = 100'000;

struct Limits {
  double lower = -kInfinity;
  double upper = kInfinity;
};

class QuantityReader {
 public:
  QuantityReader(const core::YamlNode& node, const char* what, Names& names)
      : reader_(node, what, names.diagnostics), names_(names) {}

  std::optional<core::Quantity> any(const char* key) {
    const core::YamlNode* node = reader_.required(key);
    if (node == nullptr) return std::nullopt;
    return keep(core::parse_quantity(node->text(), node->text_location()));
  }
  // Above 0.
  std::optional<double> positive(const char* key, core::Dimension dimension, const char* name) {
    const core::YamlNode* node = reader_.required(key);
    if (node == nullptr) return std::nullopt;
    const auto value = keep(core::parse_quantity(node->text(), dimension, node->text_location()));
    if (!value || *value > 0) return value;
    names_.diagnostics.error(node->location(), std::string(name) + " must be above 0");
    return std::nullopt;
  }
  std::optional<core::QuantityRange> range(const char* key) {
    const core::YamlNode* node = reader_.required(key);
    if (node == nullptr) return std::nullopt;
    return keep(core::parse_range(node->text(), node->text_location()));
  }
  // Infinite where the key is absent.
  std::optional<Limits> limits(core::Dimension dimension) {
    const core::YamlNode* node = reader_.optional("in");
    if (node == nullptr) return Limits{};
    const auto range = keep(core::parse_range(node->text(), node->text_location()));
    if (!range) return std::nullopt;
    if (range->dimension == dimension) return Limits{range->lower, range->upper};
    names_.diagnostics.error(node->location(), "expected a range of " + core::describe(dimension) +
                                                   ", found '" + node->text() + "'");
    return std::nullopt;
  }
  // Unknown keys are told now. True if there were none.
  bool finish() {
    const std::size_t before = names_.diagnostics.items().size();
    reader_.finish();
    return names_.diagnostics.items().size() == before;
  }

 private:
  template <typename T>
  std::optional<T> keep(const core::Result<T>& result) {
    if (result) return *result;
    names_.diagnostics.append(result.error());
    return std::nullopt;
  }
  core::MapReader reader_;
  Names& names_;
};

std::optional<TypedDistribution> read_normal(const core::YamlNode& node, Names& names) {
  QuantityReader reader(node, "distribution", names);
  const auto mean = reader.any("normal");
  const core::Dimension dimension = mean ? mean->dimension : core::kNumber;
  const auto deviation =
      mean ? reader.positive("sd", dimension, "the deviation") : std::optional<double>();
  const auto limits = mean ? reader.limits(dimension) : std::optional<Limits>();
  if (!mean || !reader.finish() || !deviation || !limits) return std::nullopt;
  return TypedDistribution{
      make_normal(dimension, mean->value, *deviation, limits->lower, limits->upper),
      {false, dimension}};
}

std::optional<TypedDistribution> read_lognormal(const core::YamlNode& node, Names& names) {
  QuantityReader reader(node, "distribution", names);
  const auto median = reader.any("lognormal");
  if (!median) return std::nullopt;
  const auto sigma = reader.positive("sigma", core::kNumber, "sigma");
  const auto limits = reader.limits(median->dimension);
  if (!reader.finish() || !sigma || !limits) return std::nullopt;
  if (!(median->value > 0) || !(limits->upper > 0)) {
    names.diagnostics.error(node.location(), "a lognormal distribution lies above 0");
    return std::nullopt;
  }
  return TypedDistribution{
      make_lognormal(median->dimension, median->value, *sigma, limits->lower, limits->upper),
      {false, median->dimension}};
}

std::optional<TypedDistribution> read_integer(const core::YamlNode& node, Names& names) {
  QuantityReader reader(node, "distribution", names);
  const auto range = reader.range("integer");
  if (!reader.finish() || !range) return std::nullopt;
  const bool whole = std::floor(range->lower) == range->lower &&
                     std::floor(range->upper) == range->upper &&
                     range->upper - range->lower < kMostSteps;
  if (!(range->dimension == core::kNumber) || !whole) {
    names.diagnostics.error(node.find("integer")->location(),
                            "expected whole numbers without a unit like '2 .. 5', found '" +
                                node.find("integer")->text() + "'");
    return std::nullopt;
  }
  const int count = static_cast<int>(range->upper - range->lower) + 1;
  return TypedDistribution{make_steps(core::kNumber, range->lower, 1, count),
                           {false, core::kNumber}};
}

std::optional<TypedDistribution> read_steps(const core::YamlNode& node, Names& names) {
  QuantityReader reader(node, "distribution", names);
  const auto range = reader.range("steps");
  if (!range) return std::nullopt;
  const auto by = reader.positive("by", range->dimension, "the step");
  if (!reader.finish() || !by) return std::nullopt;
  // The upper end belongs to the steps that reach it but for rounding.
  const double count = std::floor((range->upper - range->lower) / *by + 1e-9) + 1;
  if (count > kMostSteps) {
    names.diagnostics.error(node.location(), "more than 100,000 steps");
    return std::nullopt;
  }
  return TypedDistribution{make_steps(range->dimension, range->lower, *by, static_cast<int>(count)),
                           {false, range->dimension}};
}

struct Named {
  const char* key;
  Reader read;
};
constexpr Named kDistributions[] = {
    {"normal", read_normal},   {"lognormal", read_lognormal}, {"choice", read_choice},
    {"integer", read_integer}, {"steps", read_steps},         {"histogram", read_histogram},
    {"mixture", read_mixture}, {"file", read_column},
};

}  // namespace

bool is_distribution(const core::YamlNode& node) {
  if (node.find("given") != nullptr) return true;
  // Models have files, too.
  if (node.find("file") != nullptr) return node.find("column") != nullptr;
  for (const Named& named : kDistributions) {
    if (node.find(named.key) != nullptr) return true;
  }
  return false;
}

std::optional<TypedDistribution> read_distribution(const core::YamlNode& node, Names& names) {
  for (const Named& named : kDistributions) {
    if (node.find(named.key) != nullptr) return named.read(node, names);
  }
  std::string known;
  for (const Named& named : kDistributions) known += std::string(named.key) + ", ";
  known += "given";
  const bool even = node.find("uniform") != nullptr || node.find("min") != nullptr;
  names.diagnostics.error(
      node.location(), "expected a distribution: {normal: ..., sd: ..., in: ...} or {choice: ...}",
      even ? "a range is uniform: write '20 .. 50 km/h'" : "there are " + known);
  return std::nullopt;
}

std::optional<TypedDistribution> read_range(const core::YamlNode& node, Names& names) {
  const auto range = core::parse_range(node.text(), node.text_location());
  if (!range) {
    names.diagnostics.append(range.error());
    return std::nullopt;
  }
  return TypedDistribution{make_uniform(range->dimension, range->lower, range->upper),
                           {false, range->dimension}};
}

}  // namespace oddroad::scenario
