// Conditions: on parameters alone (`require`) and on motion (`when`, `end`).
//   formula := conjunction ("or" conjunction)*    conjunction := term ("and" term)*
//   term := "not" term | "(" formula ")" | side op side ("for" time)? | event ("for" time)?
//         | "after" entry ("for" time)?        entry := actor "." verb ("." number)?
//         | side "becomes" op side ("for" time)? | "becomes" term ("for" time)?
//   side := expression | "time" | actor "." quantity | actor "->" actor "." quantity
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/yaml.h"
#include "engine/scenario/expression.h"
#include "engine/scenario/variant.h"

namespace oddroad::scenario {

struct Formula {
  enum class Kind {
    kCompare,
    kRelation,
    kEvent,
    kAfter,
    kBecomes,
    kAnd,
    kOr,
    kNot,
    kAlways
  } kind = Kind::kAlways;
  Expression left;             // kCompare
  Expression right;            // kCompare, kRelation
  std::string a, b, quantity;  // kRelation, kEvent, kAfter: as in Condition
  std::size_t entry = 0;       // kAfter: as in Condition
  std::string op;
  std::optional<Expression> held_for;
  std::vector<Formula> terms;
  core::SourceLocation where;
};

// Each reports every problem in `names.diagnostics` and returns nullopt then.
// Conditions on parameters alone.
std::optional<Formula> read_bound(const core::YamlNode& node, Names& names);
// "beam: high" of a map: $beam == high.
std::optional<Formula> read_equation(const core::YamlEntry& entry, Names& names);
// Conditions on motion: a text, {any: [...]}, {all: [...]}, or a list (any of it).
std::optional<Formula> read_condition(const core::YamlNode& node, Names& names);

// A bound, with its parameters drawn.
bool holds(const Formula& bound, const Draws& draws);
// A condition on motion, with its numbers fixed.
Condition to_condition(const Formula& formula, const Draws& draws);
// The largest T of `time > T` that ends the formula whatever else happens, or nullopt.
std::optional<double> latest_end_s(const Condition& condition);

}  // namespace oddroad::scenario
