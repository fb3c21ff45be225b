// YAML to Distribution.
//   {normal: m, sd: s, in: range?} | {lognormal: median, sigma: s, in: range?}
//   {choice: [a, b]} | {choice: {a: weight, b: weight}} | {integer: 2 .. 5}
//   {steps: 0 .. 100 m, by: 10 m} | {histogram: {0 .. 10 m: weight, 10 .. 30 m: weight}}
//   {file: speeds.csv, column: v, unit: km/h?, smooth: true?}
//   {mixture: [{of: distribution | range | number, weight: w?}, ...]}
#pragma once

#include <optional>

#include "engine/core/yaml.h"
#include "engine/scenario/distribution.h"

namespace oddroad::scenario {

struct TypedDistribution {
  DistributionPtr of;
  ValueType type;
};

// Is this map a distribution, or a table of values by another parameter (`given`)?
bool is_distribution(const core::YamlNode& node);

// Each reports every problem in names.diagnostics and returns nullopt then.
std::optional<TypedDistribution> read_distribution(const core::YamlNode& node, Names& names);
std::optional<TypedDistribution> read_range(const core::YamlNode& node, Names& names);
std::optional<TypedDistribution> read_choice(const core::YamlNode& node, Names& names);
std::optional<TypedDistribution> read_histogram(const core::YamlNode& node, Names& names);
std::optional<TypedDistribution> read_column(const core::YamlNode& node, Names& names);
std::optional<TypedDistribution> read_mixture(const core::YamlNode& node, Names& names);

// A quantity or a word, as it stands in choices.
core::Result<Drawn> read_literal(const std::string& text, const core::SourceLocation& where);

}  // namespace oddroad::scenario
