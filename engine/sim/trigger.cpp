#include "engine/sim/trigger.h"

#include <algorithm>
#include <array>

#include "engine/sim/trigger_node.h"

namespace oddroad::sim {
namespace {

using scenario::Condition;

bool is_leaf(const Condition& c) {
  return c.kind == Condition::Kind::kCompare || c.kind == Condition::Kind::kEvent;
}

void check_leaf(const Condition& c, const Bodies& bodies, core::Diagnostics& out) {
  const Quantity* q = find_quantity(c.quantity);
  if (q == nullptr || q->event != (c.kind == Condition::Kind::kEvent)) {
    out.error(c.where, "unknown quantity '" + c.quantity + "' in a condition");
    return;
  }
  const auto known = [&](const std::string& name) {
    if (!find_body(bodies, name)) out.error(c.where, "unknown actor '" + name + "'");
  };
  if (q->arity != Quantity::Arity::kNone) known(c.a);
  if (q->arity == Quantity::Arity::kTwo) known(c.b);
  static constexpr std::array<const char*, 5> kOperators = {"<", "<=", ">", ">=", "=="};
  if (!q->event && std::find(kOperators.begin(), kOperators.end(), c.op) == kOperators.end()) {
    out.error(c.where, "unknown comparison '" + c.op + "'");
  }
  if (c.quantity == "crossed") {
    const auto body = find_body(bodies, c.a);
    if (body && !bodies[*body].crossing) {
      out.error(c.where, "'" + c.a + ".crossed' never happens: '" + c.a + "' crosses no lane",
                "give it a run or walk with 'across'");
    }
  }
}

}  // namespace

core::Diagnostics check_condition(const Condition& c, const Bodies& bodies) {
  core::Diagnostics out;
  if (is_leaf(c)) check_leaf(c, bodies, out);
  if (c.kind == Condition::Kind::kAfter && !find_body(bodies, c.a)) {
    out.error(c.where, "unknown actor '" + c.a + "'");
  }
  for (const Condition& term : c.terms) out.append(check_condition(term, bodies));
  return out;
}

Trigger::Trigger(const Condition& condition, const Bodies& bodies)
    : root_(std::make_unique<TriggerNode>(condition, bodies)) {}
Trigger::~Trigger() = default;
Trigger::Trigger(Trigger&&) noexcept = default;
Trigger& Trigger::operator=(Trigger&&) noexcept = default;

bool Trigger::evaluate(const Bodies& bodies, double time_s, double dt_s, const Starts& starts) {
  return root_->evaluate({bodies, starts, time_s, dt_s});
}

bool Trigger::is_always() const {
  return root_->kind == Condition::Kind::kAlways;
}

std::string Trigger::cause() const {
  return cause_of(*root_);
}

Shortfall Trigger::shortfall() const {
  return shortfall_of(*root_);
}

}  // namespace oddroad::sim
