#include "engine/scenario/formula.h"

#include <algorithm>

#include "engine/core/check.h"

namespace oddroad::scenario {

namespace {

using Kind = Formula::Kind;

bool compare(double left, const std::string& op, double right) {
  if (op == "<") return left < right;
  if (op == "<=") return left <= right;
  if (op == ">") return left > right;
  if (op == ">=") return left >= right;
  return op == "==" ? left == right : left != right;
}

}  // namespace

bool holds(const Formula& bound, const Draws& draws) {
  const auto one = [&](const Formula& term) {
    return holds(term, draws);
  };
  switch (bound.kind) {
    case Kind::kAnd:
      return std::all_of(bound.terms.begin(), bound.terms.end(), one);
    case Kind::kOr:
      return std::any_of(bound.terms.begin(), bound.terms.end(), one);
    case Kind::kNot:
      return !one(bound.terms.front());
    case Kind::kAlways:
      return true;
    case Kind::kCompare: {
      const Drawn left = evaluate(bound.left, draws);
      const Drawn right = evaluate(bound.right, draws);
      if (left.type.is_word) return (left.word == right.word) == (bound.op == "==");
      return compare(left.number, bound.op, right.number);
    }
    case Kind::kRelation:
    case Kind::kEvent:
    case Kind::kAfter:
    case Kind::kBecomes:
      break;
  }
  ODDROAD_CHECK(bound.kind == Kind::kCompare);  // read_bound refuses conditions on motion
  return false;
}

Condition to_condition(const Formula& formula, const Draws& draws) {
  Condition out;
  out.where = formula.where;
  out.a = formula.a;
  out.b = formula.b;
  out.quantity = formula.quantity;
  out.entry = formula.entry;
  out.op = formula.op;
  if (formula.held_for) out.for_s = evaluate(*formula.held_for, draws).number;
  for (const Formula& term : formula.terms) out.terms.push_back(to_condition(term, draws));
  switch (formula.kind) {
    case Kind::kRelation:
      out.kind = Condition::Kind::kCompare;
      out.value = evaluate(formula.right, draws).number;
      break;
    case Kind::kEvent:
      out.kind = Condition::Kind::kEvent;
      break;
    case Kind::kAfter:
      out.kind = Condition::Kind::kAfter;
      break;
    case Kind::kBecomes:
      out.kind = Condition::Kind::kBecomes;
      break;
    case Kind::kAnd:
      out.kind = Condition::Kind::kAnd;
      break;
    case Kind::kOr:
      out.kind = Condition::Kind::kOr;
      break;
    case Kind::kNot:
      out.kind = Condition::Kind::kNot;
      break;
    case Kind::kAlways:
      break;
    case Kind::kCompare:
      ODDROAD_CHECK(formula.kind != Kind::kCompare);  // read_condition refuses bounds
  }
  return out;
}

std::optional<double> latest_end_s(const Condition& condition) {
  if (condition.kind == Condition::Kind::kCompare && condition.quantity == "time" &&
      condition.op[0] == '>') {
    return condition.value + condition.for_s;
  }
  if (condition.kind != Condition::Kind::kOr) return std::nullopt;
  std::optional<double> earliest;
  for (const Condition& term : condition.terms) {
    const std::optional<double> end = latest_end_s(term);
    if (end && (!earliest || *end < *earliest)) earliest = end;
  }
  return earliest;
}

}  // namespace oddroad::scenario
