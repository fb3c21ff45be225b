// Draws towards a target distribution over the groups of a value (sample.balance), so that groups
// that are rare by nature are represented on purpose. The value's coordinate chooses its group by
// the shares that are asked for, and what is left of it the place within the group, whose own
// distribution stays as it is. Weights are natural over asked share: means over samples with them,
// divided by their sum, are those of natural draws.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "engine/scenario/distribution.h"

namespace oddroad::scenario {

struct BalanceGroup {
  std::string name;    // as written: "van.panel", "-6 .. 0 deg"
  double asked = 0;    // share of all draws, > 0
  double natural = 0;  // share without balance, > 0
  // Where its values lie among the natural coordinates; as long together as its natural share.
  std::vector<std::pair<double, double>> stretches;
};

struct Balance {
  std::string path;                  // of the value: "params.van"
  std::string name;                  // as written: "van"
  std::vector<BalanceGroup> groups;  // every coordinate has one; shares sum to 1

  // Natural coordinate of the value that is drawn at `uniform`; both in (0, 1).
  [[nodiscard]] double coordinate(double uniform) const;
  // Of a natural coordinate.
  [[nodiscard]] std::size_t group_of(double coordinate) const;
};

}  // namespace oddroad::scenario
