#include "engine/sim/trigger.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/core/check.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using scenario::Condition;

enum class Arity { kNone, kOne, kTwo };

struct Quantity {
  const char* name;
  Arity arity;
  bool event;
  double (*value)(const Body& a, const Body& b);  // null: time
};

constexpr std::array<Quantity, 13> kQuantities = {{
    {"time", Arity::kNone, false, nullptr},
    {"speed", Arity::kOne, false,
     [](const Body& a, const Body&) {
       return a.speed_mps;
     }},
    {"gap", Arity::kTwo, false, gap_m},
    {"distance", Arity::kTwo, false, distance_m},
    {"headway", Arity::kTwo, false, headway_s},
    {"ttc", Arity::kTwo, false, ttc_s},
    {"path_ttc", Arity::kTwo, false, path_ttc_s},
    {"lateral", Arity::kTwo, false, lateral_m},
    {"rel_speed", Arity::kTwo, false, relative_speed_mps},
    {"hit", Arity::kTwo, true,
     [](const Body& a, const Body& b) {
       return touches(a, b) ? 1.0 : 0.0;
     }},
    {"passed", Arity::kTwo, true,
     [](const Body& a, const Body& b) {
       return has_passed(a, b) ? 1.0 : 0.0;
     }},
    {"crossed", Arity::kOne, true,
     [](const Body& a, const Body&) {
       return a.crossed ? 1.0 : 0.0;
     }},
    {"stopped", Arity::kOne, true,
     [](const Body& a, const Body&) {
       return stands(a) ? 1.0 : 0.0;
     }},
}};

const Quantity* find_quantity(const std::string& name) {
  for (const Quantity& q : kQuantities) {
    if (name == q.name) return &q;
  }
  return nullptr;
}

std::optional<std::size_t> find_body(const Bodies& bodies, const std::string& name) {
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if (bodies[i].name == name) return i;
  }
  return std::nullopt;
}

bool compare(double a, const std::string& op, double b) {
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  if (op == ">") return a > b;
  if (op == ">=") return a >= b;
  return a == b;
}

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
  if (q->arity != Arity::kNone) known(c.a);
  if (q->arity == Arity::kTwo) known(c.b);
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
  for (const Condition& term : c.terms) out.append(check_condition(term, bodies));
  return out;
}

struct Trigger::Node {
  Condition::Kind kind = Condition::Kind::kAlways;
  const Quantity* quantity = nullptr;
  std::size_t a = 0;
  std::size_t b = 0;
  std::string op;
  double value = 0;
  double for_s = 0;
  std::vector<Node> terms;
  bool happened = false;  // events that stay true
  double held_s = -1;     // how long it has been true; < 0: it is not

  Node(const Condition& c, const Bodies& bodies)
      : kind(c.kind), op(c.op), value(c.value), for_s(c.for_s) {
    if (is_leaf(c)) {
      quantity = find_quantity(c.quantity);
      ODDROAD_CHECK(quantity != nullptr);
      if (quantity->arity != Arity::kNone) a = find_body(bodies, c.a).value();
      if (quantity->arity == Arity::kTwo) b = find_body(bodies, c.b).value();
    }
    for (const Condition& term : c.terms) terms.emplace_back(term, bodies);
  }

  bool holds_now(const Bodies& bodies, double time, double dt) {
    switch (kind) {
      case Condition::Kind::kAlways:
        return true;
      case Condition::Kind::kCompare:
        return compare(quantity->value ? quantity->value(bodies[a], bodies[b]) : time, op, value);
      case Condition::Kind::kEvent: {
        const bool now = quantity->value(bodies[a], bodies[b]) > 0;
        if (std::string_view(quantity->name) == "stopped") return now;
        happened = happened || now;
        return happened;
      }
      case Condition::Kind::kNot:
        return !terms.front().evaluate(bodies, time, dt);
      case Condition::Kind::kAnd:
      case Condition::Kind::kOr: {
        // Every term is evaluated at every step: each keeps its own memory.
        bool all = true;
        bool any = false;
        for (Node& term : terms) {
          const bool t = term.evaluate(bodies, time, dt);
          all = all && t;
          any = any || t;
        }
        return kind == Condition::Kind::kAnd ? all : any;
      }
    }
    return false;
  }

  bool evaluate(const Bodies& bodies, double time, double dt) {
    if (!holds_now(bodies, time, dt)) {
      held_s = -1;
      return false;
    }
    held_s = held_s < 0 ? 0 : held_s + dt;
    return held_s >= for_s - 1e-9;
  }
};

Trigger::Trigger(const Condition& condition, const Bodies& bodies)
    : root_(std::make_unique<Node>(condition, bodies)) {}
Trigger::~Trigger() = default;
Trigger::Trigger(Trigger&&) noexcept = default;
Trigger& Trigger::operator=(Trigger&&) noexcept = default;

bool Trigger::evaluate(const Bodies& bodies, double time_s, double dt_s) {
  return root_->evaluate(bodies, time_s, dt_s);
}

bool Trigger::is_always() const {
  return root_->kind == Condition::Kind::kAlways;
}

}  // namespace oddroad::sim
