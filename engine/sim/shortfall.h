// Why a condition never came true, in plain words.
#pragma once

#include <limits>
#include <string>

namespace oddroad::sim {

struct TriggerNode;

struct Shortfall {
  // "ego->child.ttc came down to 2.30 s at 4.10 s, needed < 1.50 s"
  std::string text;
  // How far away it stayed, in shares of what was needed (of a hit in metres): to tell near misses
  // from far ones.
  // Infinite where there is no telling.
  double share = std::numeric_limits<double>::infinity();
};

// Of a condition that was evaluated and did not fire.
Shortfall shortfall_of(const TriggerNode& node);
// The condition as it would be written: "ego.speed < 3.6 km/h for 2.00 s".
std::string text_of(const TriggerNode& node);
// What of the condition is true now that it has fired: the first true one of alternatives.
std::string cause_of(const TriggerNode& node);

}  // namespace oddroad::sim
