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
    : kind(c.kind), entry(c.entry), op(c.op), value(c.value), for_s(c.for_s) {
  if (kind == Kind::kCompare || kind == Kind::kEvent) {
    quantity = find_quantity(c.quantity);
    ODDROAD_CHECK(quantity != nullptr);
    if (quantity->arity != Quantity::Arity::kNone) a = find_body(bodies, c.a).value();
    if (quantity->arity == Quantity::Arity::kTwo) b = find_body(bodies, c.b).value();
    subject = subject_of(c);
  }
  if (kind == Kind::kAfter) {
    a = find_body(bodies, c.a).value();
    subject = "after " + subject_of(c);
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

// < 0: it has not started before this step.
double TriggerNode::since_start_s(const Instant& now) const {
  if (a >= now.starts.size() || entry >= now.starts[a].size()) return -1;
  const double since_s = now.time_s - now.starts[a][entry];
  return since_s > 1e-9 ? since_s : -1;
}

bool TriggerNode::holds_now(const Instant& now) {
  const Bodies& bodies = now.bodies;
  switch (kind) {
    case Kind::kAlways:
      return true;
    case Kind::kCompare: {
      const double is = quantity->value ? quantity->value(bodies[a], bodies[b]) : now.time_s;
      look_at(is, now.time_s);
      return compare(is, op, value);
    }
    case Kind::kEvent: {
      const bool is = quantity->value(bodies[a], bodies[b]) > 0;
      if (std::string_view(quantity->name) == "hit") {
        look_at(gap_m(bodies[a], bodies[b]), now.time_s);
      }
      if (std::string_view(quantity->name) == "stopped") return is;
      happened = happened || is;
      return happened;
    }
    case Kind::kAfter:
      return since_start_s(now) >= 0;
    case Kind::kBecomes:  // see rises()
      break;
    case Kind::kNot:
      return !terms.front().evaluate(now);
    case Kind::kAnd:
    case Kind::kOr: {
      bool all = true;
      bool any = false;
      for (TriggerNode& term : terms) {
        const bool t = term.evaluate(now);
        all = all && t;
        any = any || t;
      }
      return kind == Kind::kAnd ? all : any;
    }
  }
  return false;
}

void TriggerNode::hold(double so_long_s, double time_s) {
  held_s = so_long_s;
  if (held_s <= longest_s) return;
  longest_s = held_s;
  longest_end_s = time_s;
}

bool TriggerNode::rises(const Instant& now) {
  if (!terms.front().evaluate(now)) {
    was_false = true;
    held_s = -1;
    return false;
  }
  if (!was_false) return false;
  const auto enough = [&] {
    return held_s >= 0 && held_s >= for_s - 1e-9;
  };
  const bool before = enough();
  hold(held_s < 0 ? 0 : held_s + now.dt_s, now.time_s);
  return enough() && !before;
}

bool TriggerNode::evaluate(const Instant& now) {
  if (kind == Kind::kBecomes) {
    const bool rose = rises(now);
    met = met || rose;
    return rose;
  }
  if (!holds_now(now)) {
    held_s = -1;
    return false;
  }
  const bool after = kind == Kind::kAfter;
  hold(after ? since_start_s(now) : held_s < 0 ? 0 : held_s + now.dt_s, now.time_s);
  const bool enough = held_s >= for_s - 1e-9;
  met = met || enough;
  return enough;
}

}  // namespace oddroad::sim
