#include "engine/sim/trigger_node.h"

#include <cmath>
#include <string_view>

#include "engine/core/check.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

bool compare(double a, const std::string& op, double b) {
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  if (op == ">") return a > b;
  if (op == ">=") return a >= b;
  return a == b;
}

std::string subject_of(const scenario::Condition& c) {
  const std::string of = c.b.empty() ? c.a : c.a + "->" + c.b;
  return of.empty() ? c.quantity : of + "." + c.quantity;
}

}  // namespace

TriggerNode::TriggerNode(const scenario::Condition& c, const Bodies& bodies)
    : kind(c.kind), op(c.op), value(c.value), for_s(c.for_s) {
  if (kind == Kind::kCompare || kind == Kind::kEvent) {
    quantity = find_quantity(c.quantity);
    ODDROAD_CHECK(quantity != nullptr);
    if (quantity->arity != Quantity::Arity::kNone) a = find_body(bodies, c.a).value();
    if (quantity->arity == Quantity::Arity::kTwo) b = find_body(bodies, c.b).value();
    subject = subject_of(c);
  }
  for (const scenario::Condition& term : c.terms) terms.emplace_back(term, bodies);
}

void TriggerNode::look_at(double now, double time_s) {
  const bool nearer = op.empty()     ? now < nearest
                      : op == "=="   ? std::abs(now - value) < std::abs(nearest - value)
                      : op[0] == '<' ? now < nearest
                                     : now > nearest;
  if (seen && !nearer) return;
  seen = true;
  nearest = now;
  nearest_at_s = time_s;
}

bool TriggerNode::holds_now(const Bodies& bodies, double time_s, double dt_s) {
  switch (kind) {
    case Kind::kAlways:
      return true;
    case Kind::kCompare: {
      const double now = quantity->value ? quantity->value(bodies[a], bodies[b]) : time_s;
      look_at(now, time_s);
      return compare(now, op, value);
    }
    case Kind::kEvent: {
      const bool now = quantity->value(bodies[a], bodies[b]) > 0;
      if (std::string_view(quantity->name) == "hit") look_at(gap_m(bodies[a], bodies[b]), time_s);
      if (std::string_view(quantity->name) == "stopped") return now;
      happened = happened || now;
      return happened;
    }
    case Kind::kNot:
      return !terms.front().evaluate(bodies, time_s, dt_s);
    case Kind::kAnd:
    case Kind::kOr: {
      bool all = true;
      bool any = false;
      for (TriggerNode& term : terms) {
        const bool t = term.evaluate(bodies, time_s, dt_s);
        all = all && t;
        any = any || t;
      }
      return kind == Kind::kAnd ? all : any;
    }
  }
  return false;
}

bool TriggerNode::evaluate(const Bodies& bodies, double time_s, double dt_s) {
  if (!holds_now(bodies, time_s, dt_s)) {
    held_s = -1;
    return false;
  }
  held_s = held_s < 0 ? 0 : held_s + dt_s;
  if (held_s > longest_s) {
    longest_s = held_s;
    longest_end_s = time_s;
  }
  const bool enough = held_s >= for_s - 1e-9;
  met = met || enough;
  return enough;
}

}  // namespace oddroad::sim
