// A condition whose bodies are looked up, and what it has seen so far. Internal to Trigger.
#pragma once

#include <string>
#include <vector>

#include "engine/scenario/variant.h"
#include "engine/sim/quantities.h"
#include "engine/sim/trigger.h"

namespace oddroad::sim {

// The step that a condition is asked about.
struct Instant {
  const Bodies& bodies;
  const Starts& starts;
  double time_s = 0;
  double dt_s = 0;
};

struct TriggerNode {
  using Kind = scenario::Condition::Kind;

  // The condition must have passed check_condition.
  TriggerNode(const scenario::Condition& condition, const Bodies& bodies);
  // Once per step, of every node: each keeps its own memory.
  bool evaluate(const Instant& now);

  Kind kind = Kind::kAlways;
  const Quantity* quantity = nullptr;  // kCompare, kEvent
  std::size_t a = 0;
  std::size_t b = 0;
  std::size_t entry = 0;  // kAfter: of what `a` does
  std::string subject;    // "ego->child.ttc"
  std::string op;
  double value = 0;
  double for_s = 0;
  std::vector<TriggerNode> terms;

  bool happened = false;   // events that stay true
  double held_s = -1;      // how long it has been true; < 0: it is not
  bool was_false = false;  // kBecomes: its term, at some step
  // For the question why it never fired.
  bool met = false;       // for long enough, at some step
  double longest_s = -1;  // that it has been true; < 0: it never was
  double longest_end_s = 0;
  bool seen = false;   // `nearest` is something
  double nearest = 0;  // kCompare: of the values, to holding; of a hit: the least gap
  double nearest_at_s = 0;

 private:
  bool holds_now(const Instant& now);
  bool rises(const Instant& now);
  void hold(double so_long_s, double time_s);
  [[nodiscard]] double since_start_s(const Instant& now) const;
  void look_at(double now, double time_s);
};

}  // namespace oddroad::sim
