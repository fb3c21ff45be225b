// What may stand where a number or a word is expected: something fixed, a distribution, or a table
// of such by another parameter. Each draw is a function of one uniform number.
//   value := expression | number ".." number unit? | word | distribution (distribution_read.h)
//          | {given: $name, cases: {case: value, ...}, else: value?}
//   case := word | quantity | range
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/yaml.h"
#include "engine/scenario/distribution.h"
#include "engine/scenario/expression.h"

namespace oddroad::scenario {

// What a key asks of its value. Limits are in SI.
struct NumberSpec {
  core::Dimension dimension;
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
  bool whole = false;  // counts something
};

struct GivenTable;

struct Value {
  enum class Kind { kFixed, kDrawn, kGiven } kind = Kind::kFixed;

  ValueType type;
  Expression fixed;                         // kFixed
  DistributionPtr distribution;             // kDrawn
  std::shared_ptr<const GivenTable> given;  // kGiven
  NumberSpec spec;                          // limits that every draw is held to
  std::string path;                         // "actors.child.size.height": the key of its draw
  core::SourceLocation where;
};

// The first case that holds decides; `otherwise` where none does. Every value that the parameter
// can take has one of them.
struct GivenTable {
  struct Case {
    Drawn is;  // a word or a number, or
    bool is_range = false;
    double lower = 0, upper = 0;  // both included
    Value value;

    [[nodiscard]] bool holds(const Drawn& drawn) const;
  };
  std::string parameter;
  std::vector<Case> cases;
  std::optional<Value> otherwise;

  [[nodiscard]] const Value& of(const Drawn& drawn) const;
};

// Any type: parameters. Problems go to names.diagnostics, nullopt then.
std::optional<Value> read_value(const core::YamlNode& node, const std::string& path, Names& names);
// Numbers of one dimension; what can be told before drawing is held to the limits.
std::optional<Value> read_number(const core::YamlNode& node, const std::string& path,
                                 const NumberSpec& spec, Names& names);
// Words; `allowed` empty: any word.
std::optional<Value> read_word(const core::YamlNode& node, const std::string& path,
                               const std::vector<std::string>& allowed, Names& names);
// `given`, part of read_value.
std::optional<Value> read_given(const core::YamlNode& node, const std::string& path, Names& names);

// `uniform` in (0, 1) is looked at by distributions only.
Drawn draw_value(const Value& value, double uniform, const Draws& draws);
// Errors: the number is not finite or outside the limits of its key.
core::Result<double> check_limits(const Value& value, double number);

// Does a draw need other parameters?
bool refers_to_parameters(const Value& value);
// All that it can come to, if that is a list; empty otherwise. Parameters it refers to do not
// count.
std::vector<Distribution::Option> listed_options(const Value& value);
// What can be told of the numbers of one that is fixed or drawn: all options, or both ends of its
// span (the median, where there is no end); of others nothing.
std::vector<double> known_numbers(const Value& value);
// Least and greatest number before parameters are known; infinite where there is none.
std::pair<double, double> span_of(const Value& value);

}  // namespace oddroad::scenario
