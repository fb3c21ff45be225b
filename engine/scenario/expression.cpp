#include "engine/scenario/expression.h"

#include "engine/core/check.h"

namespace oddroad::scenario {

namespace {

using Kind = Expression::Kind;

// Parentheses and signs nest no deeper; recursion stays bounded on hostile text.
constexpr int kDeepest = 100;

core::Result<Expression> parse_sum(TokenStream& tokens, int depth);

core::Result<Expression> parse_factor(TokenStream& tokens, int depth) {
  const Token& token = tokens.peek();
  if (depth > kDeepest) return core::fail_at(token.where, "nested too deeply");
  if (tokens.accept("-")) {
    auto inner = parse_factor(tokens, depth + 1);
    if (!inner) return inner;
    if (inner->kind == Kind::kLiteral && !inner->literal.type.is_word) {
      inner->literal.number = -inner->literal.number;
      inner->where = token.where;
      return inner;
    }
    return Expression{Kind::kNegate, {}, "", {std::move(*inner)}, token.where};
  }
  if (tokens.accept("(")) {
    auto inner = parse_sum(tokens, depth + 1);
    if (!inner) return inner;
    if (!tokens.accept(")")) {
      return core::fail_at(tokens.peek().where, "expected ')', " + tokens.found());
    }
    return inner;
  }
  switch (token.kind) {
    case Token::Kind::kNumber:
      tokens.take();
      return Expression{Kind::kLiteral,
                        {{false, token.number.dimension}, "", token.number.value},
                        "",
                        {},
                        token.where};
    case Token::Kind::kParameter:
      tokens.take();
      return Expression{Kind::kParameter, {}, token.text, {}, token.where};
    case Token::Kind::kWord:
      tokens.take();
      return Expression{Kind::kLiteral, {{true, {}}, token.text, 0}, "", {}, token.where};
    case Token::Kind::kOperator:
    case Token::Kind::kEnd:
      break;
  }
  return core::fail_at(token.where, "expected a value, " + tokens.found());
}

Expression binary(Kind kind, Expression left, Expression right, const core::SourceLocation& where) {
  Expression out{kind, {}, "", {}, where};
  out.operands.push_back(std::move(left));
  out.operands.push_back(std::move(right));
  return out;
}

core::Result<Expression> parse_term(TokenStream& tokens, int depth) {
  auto left = parse_factor(tokens, depth);
  while (left && (tokens.next_is("*") || tokens.next_is("/"))) {
    const Token& symbol = tokens.take();
    auto right = parse_factor(tokens, depth);
    if (!right) return right;
    left = binary(symbol.text == "*" ? Kind::kMultiply : Kind::kDivide, std::move(*left),
                  std::move(*right), symbol.where);
  }
  return left;
}

core::Result<Expression> parse_sum(TokenStream& tokens, int depth) {
  auto left = parse_term(tokens, depth);
  while (left && (tokens.next_is("+") || tokens.next_is("-"))) {
    const Token& symbol = tokens.take();
    auto right = parse_term(tokens, depth);
    if (!right) return right;
    left = binary(symbol.text == "+" ? Kind::kAdd : Kind::kSubtract, std::move(*left),
                  std::move(*right), symbol.where);
  }
  return left;
}

}  // namespace

core::Result<Expression> parse_expression(TokenStream& tokens) {
  return parse_sum(tokens, 0);
}

core::Result<Expression> parse_expression(std::string_view text,
                                          const core::SourceLocation& where) {
  const auto tokens = tokenize(text, where);
  if (!tokens) return forward_error(tokens);
  TokenStream stream(*tokens);
  auto expression = parse_expression(stream);
  if (expression && !stream.at_end()) {
    return core::fail_at(stream.peek().where, "expected the end, " + stream.found());
  }
  return expression;
}

std::optional<ValueType> check_type(const Expression& expression, Names& names) {
  if (expression.kind == Kind::kLiteral) return expression.literal.type;
  if (expression.kind == Kind::kParameter) {
    return names.parameter_type(expression.name, expression.where);
  }
  std::vector<core::Dimension> dimensions;
  for (const Expression& operand : expression.operands) {
    const auto type = check_type(operand, names);
    if (!type) return std::nullopt;
    if (type->is_word) {
      const std::string shown =
          operand.kind == Kind::kParameter ? "$" + operand.name : operand.literal.word;
      names.diagnostics.error(operand.where, "'" + shown + "' is a word, not a number",
                              names.parameters.count(shown) > 0 ? "write '$" + shown + "'" : "");
      return std::nullopt;
    }
    dimensions.push_back(type->dimension);
  }
  switch (expression.kind) {
    case Kind::kMultiply:
      return ValueType{false, dimensions[0] * dimensions[1]};
    case Kind::kDivide:
      return ValueType{false, dimensions[0] / dimensions[1]};
    case Kind::kAdd:
    case Kind::kSubtract:
      if (!(dimensions[0] == dimensions[1])) {
        names.diagnostics.error(expression.where, "cannot add or subtract " +
                                                      core::describe(dimensions[0]) + " and " +
                                                      core::describe(dimensions[1]));
        return std::nullopt;
      }
      return ValueType{false, dimensions[0]};
    default:
      return ValueType{false, dimensions[0]};
  }
}

Drawn evaluate(const Expression& expression, const Draws& draws) {
  if (expression.kind == Kind::kLiteral) return expression.literal;
  if (expression.kind == Kind::kParameter) {
    const auto found = draws.find(expression.name);
    ODDROAD_CHECK(found != draws.end());
    return found->second;
  }
  Drawn out = evaluate(expression.operands[0], draws);
  if (expression.kind == Kind::kNegate) {
    out.number = -out.number;
    return out;
  }
  const Drawn right = evaluate(expression.operands[1], draws);
  switch (expression.kind) {
    case Kind::kAdd:
      out.number += right.number;
      break;
    case Kind::kSubtract:
      out.number -= right.number;
      break;
    case Kind::kMultiply:
      out.number *= right.number;
      out.type.dimension = out.type.dimension * right.type.dimension;
      break;
    default:
      out.number /= right.number;
      out.type.dimension = out.type.dimension / right.type.dimension;
      break;
  }
  return out;
}

}  // namespace oddroad::scenario
