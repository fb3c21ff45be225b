// What became of the scripts of a run: which entries started, and what the others waited for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/sim/shortfall.h"

namespace oddroad::sim {

// One entry of an actor's `do:` list.
struct ActionReport {
  enum class State {
    kStarted,
    kWaiting,     // its condition never came true
    kDelayed,     // it did, and the clip ended before the entry was due
    kInTurn,      // the entry before it never came to its end
    kTogether,    // it goes together with one of those
    kNotReached,  // the entry before it never started
  };
  std::string actor;
  std::size_t entry = 0;  // of its list
  std::string what;       // "child.run", or its label
  State state = State::kNotReached;
  double time_s = 0;    // kStarted: when. kWaiting, kDelayed, kInTurn: since when it was the next
  Shortfall shortfall;  // kWaiting
  bool has_condition = false;
};

// Whether the rare event of the scenario happened.
struct WatchReport {
  bool happened = false;
  double time_s = 0;    // when, for the first time
  Shortfall shortfall;  // else
};

struct RunReport {
  std::vector<ActionReport> actions;  // by actor as declared, then by entry
  std::string end;                    // why the clip ended: "end condition: ego->child.hit"
  double end_s = 0;
  // Where the end condition did not end it: what kept it from coming true.
  Shortfall end_shortfall;
  std::optional<WatchReport> rare;
};

// "child.run never started: ego->child.ttc came down to 2.30 s at 4.10 s, needed < 1.50 s". Of
// entries that did start: empty.
std::string why_not(const ActionReport& action);

}  // namespace oddroad::sim
