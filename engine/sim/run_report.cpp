#include "engine/sim/run_report.h"

#include "engine/sim/quantities.h"

namespace oddroad::sim {

std::string why_not(const ActionReport& action) {
  const std::string since = " (waited since " + amount(action.time_s, core::kTime) + ")";
  const std::string never = action.what + " never started: ";
  switch (action.state) {
    case ActionReport::State::kStarted:
      return {};
    case ActionReport::State::kWaiting:
      return never + action.shortfall.text + since;
    case ActionReport::State::kDelayed:
      return never + "the clip ended before its delay was over";
    case ActionReport::State::kInTurn:
      return never + "the entry before it never came to its end" + since;
    case ActionReport::State::kTogether:
      return never + "what it goes together with never started";
    case ActionReport::State::kNotReached:
      return never + "the entry before it never started";
  }
  return {};
}

}  // namespace oddroad::sim
