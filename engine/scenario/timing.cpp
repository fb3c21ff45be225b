#include "engine/scenario/timing.h"

#include <algorithm>
#include <limits>

namespace oddroad::scenario {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kUsualEnd_s = 20;

// The t of "time > t"; nothing for all else.
std::optional<double> moment_of(const Formula& formula) {
  const bool after = formula.op == ">" || formula.op == ">=";
  const bool on_clock = formula.kind == Formula::Kind::kRelation && formula.quantity == "time";
  if (!on_clock || !after || formula.right.kind != Expression::Kind::kLiteral) return std::nullopt;
  return formula.right.literal.number;
}

// Before this instant the condition cannot be true.
double earliest_s(const Formula& formula) {
  const bool all = formula.kind == Formula::Kind::kAnd || formula.kind == Formula::Kind::kBecomes;
  if (!all && formula.kind != Formula::Kind::kOr) return moment_of(formula).value_or(0);
  double out = all ? 0 : kInfinity;
  for (const Formula& term : formula.terms) {
    out = all ? std::max(out, earliest_s(term)) : std::min(out, earliest_s(term));
  }
  return out;
}

// From this instant on it is true, whatever happens.
double latest_s(const Formula& formula) {
  const bool all = formula.kind == Formula::Kind::kAnd;
  if (!all && formula.kind != Formula::Kind::kOr) return moment_of(formula).value_or(kInfinity);
  double out = all ? 0 : kInfinity;
  for (const Formula& term : formula.terms) {
    out = all ? std::max(out, latest_s(term)) : std::min(out, latest_s(term));
  }
  return out;
}

std::optional<double> literal_of(const std::optional<Value>& value) {
  const bool literal = value && value->kind == Value::Kind::kFixed &&
                       value->fixed.kind == Expression::Kind::kLiteral;
  return literal ? std::optional(value->fixed.literal.number) : std::nullopt;
}

std::string seconds(double s) {
  return core::format_quantity(s, core::kTime);
}

}  // namespace

void check_timing(const Scenario& scenario, core::Diagnostics& diagnostics) {
  double end = scenario.end ? latest_s(*scenario.end) : kUsualEnd_s;
  const auto from = literal_of(scenario.record.from);
  if (from && *from >= end) {
    diagnostics.error(scenario.record.from->where,
                      "the recording begins at " + seconds(*from) +
                          ", when the clip has ended (at " + seconds(end) + " at the latest)",
                      "record from an earlier time, or let 'end' come later");
  }
  if (const auto duration = literal_of(scenario.record.duration)) {
    if (from || !scenario.record.from) end = std::min(end, from.value_or(0) + *duration);
  }
  for (const ActorRule& actor : scenario.actors) {
    double begin = 0;  // entries wait for each other
    for (const ActionRule& action : actor.actions) {
      if (action.when) begin = std::max(begin, earliest_s(*action.when));
      if (begin < end) continue;
      diagnostics.warning(action.where,
                          actor.name + "." + action.verb + " never starts: it waits until " +
                              seconds(begin) + ", the clip ends at " + seconds(end) +
                              " at the latest",
                          "start it earlier, or let 'end' come later");
      break;
    }
  }
}

}  // namespace oddroad::scenario
