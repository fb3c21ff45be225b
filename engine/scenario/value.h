// What may stand where a number or a word is expected: something fixed, or a distribution. Each
// draw is a function of one uniform number (inverse distribution function, no rejection).
//   value := expression | number ".." number unit? | word
//          | {normal: m, sd: s, in: range?} | {choice: [a, b]} | {choice: {a: weight, b: weight}}
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/yaml.h"
#include "engine/scenario/expression.h"

namespace oddroad::scenario {

// What a key asks of its value. Limits are in SI.
struct NumberSpec {
  core::Dimension dimension;
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};

struct Value {
  enum class Kind { kFixed, kRange, kNormal, kChoice } kind = Kind::kFixed;
  struct Option {
    Drawn value;
    double weight = 1;
    core::SourceLocation where;
  };

  ValueType type;
  Expression fixed;                                         // kFixed
  double lower = -std::numeric_limits<double>::infinity();  // kRange, kNormal
  double upper = std::numeric_limits<double>::infinity();
  double mean = 0;  // kNormal
  double deviation = 0;
  std::vector<Option> options;  // kChoice; weights sum to more than 0
  NumberSpec spec;              // limits that every draw is held to
  std::string path;             // "actors.child.size.height": the key of its draw
  core::SourceLocation where;
};

// Any type: parameters. Problems go to names.diagnostics, nullopt then.
std::optional<Value> read_value(const core::YamlNode& node, const std::string& path, Names& names);
// Numbers of one dimension; what can be told before drawing is held to the limits.
std::optional<Value> read_number(const core::YamlNode& node, const std::string& path,
                                 const NumberSpec& spec, Names& names);
// Words; `allowed` empty: any word.
std::optional<Value> read_word(const core::YamlNode& node, const std::string& path,
                               const std::vector<std::string>& allowed, Names& names);

// `uniform` in (0, 1) is looked at by distributions only.
Drawn draw_value(const Value& value, double uniform, const Draws& draws);
// Errors: the number is not finite or outside the limits of its key.
core::Result<double> check_limits(const Value& value, double number);

}  // namespace oddroad::scenario
