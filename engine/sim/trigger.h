// Conditions, evaluated at every step. A trigger fires at the first step at which its condition is
// true after the element that waits for it became active; no edge is needed. `for X s` asks that
// the term has been true at every step of the last X seconds, counted from activation at the
// earliest. Events (hit, passed, crossed) stay true once they have happened. `after` an entry is
// true from the step after the one at which it started, whoever stands first in the file; its `for`
// counts from there, whenever somebody began to wait for it.
// `becomes` is true at the step at which its term is true and was false before, or, with `for`, at
// the step at which it has been true for so long since. What was true from activation on has not
// become so.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/scenario/variant.h"
#include "engine/sim/body.h"
#include "engine/sim/shortfall.h"

namespace oddroad::sim {

// When entries of `do:` lists started, in seconds: by actor, then by entry, as far as they have.
using Starts = std::vector<std::vector<double>>;

// Names, quantities and operators of a condition are known: empty if all is well.
core::Diagnostics check_condition(const scenario::Condition& condition, const Bodies& bodies);

class Trigger {
 public:
  // The condition must have passed check_condition. Bodies are looked up once, by name.
  Trigger(const scenario::Condition& condition, const Bodies& bodies);
  ~Trigger();
  Trigger(Trigger&&) noexcept;
  Trigger& operator=(Trigger&&) noexcept;

  // To be called once per step while active; true = fires now.
  bool evaluate(const Bodies& bodies, double time_s, double dt_s, const Starts& starts = {});
  // True if the condition is `always`.
  [[nodiscard]] bool is_always() const;
  // Once it has fired: what was true then.
  [[nodiscard]] std::string cause() const;
  // Until then: what has kept it from it, of all that has been evaluated.
  [[nodiscard]] Shortfall shortfall() const;

 private:
  std::unique_ptr<TriggerNode> root_;
};

}  // namespace oddroad::sim
