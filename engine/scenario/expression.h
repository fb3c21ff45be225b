// Arithmetic on quantities and parameters: "$v_ego * $ttc + 4 m". Free of side effects.
//   sum := term (("+"|"-") term)*    term := factor (("*"|"/") factor)*
//   factor := "-" factor | "(" sum ")" | "$(" sum ")" | number unit? | "$name" | word
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/scenario/names.h"
#include "engine/scenario/token.h"

namespace oddroad::scenario {

struct Expression {
  enum class Kind { kLiteral, kParameter, kNegate, kAdd, kSubtract, kMultiply, kDivide };
  Kind kind = Kind::kLiteral;
  Drawn literal;     // kLiteral
  std::string name;  // kParameter
  std::vector<Expression> operands;
  core::SourceLocation where;
};

// Reads one sum and stops behind it. Errors: syntax.
core::Result<Expression> parse_expression(TokenStream& tokens);
// A whole text. Further errors: something behind the expression.
core::Result<Expression> parse_expression(std::string_view text, const core::SourceLocation& where);

// Reports unknown parameters, words in arithmetic and unequal dimensions; nullopt then.
std::optional<ValueType> check_type(const Expression& expression, Names& names);

// `expression` must have passed check_type with the parameters in `draws`. Division by zero gives
// an infinity or NaN.
Drawn evaluate(const Expression& expression, const Draws& draws);

}  // namespace oddroad::scenario
