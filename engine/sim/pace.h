// How fast people go by themselves.
#pragma once

#include <string>

#include "engine/scenario/variant.h"

namespace oddroad::sim {

struct Pace {
  double mean_mps = 1.34;
  double deviation_mps = 0.26;
};

// Walking: adults 1.34 +- 0.26 m/s (Helbing), over 65 years 1.05 +- 0.2, children by height (5
// years 1.05, 8 years 1.18, 12 years 1.28), in a hurry 1.8 +- 0.2. `kind` empty: by the catalog
// type and the height.
Pace walking_pace(const std::string& kind, const std::string& type, double height_m);

}  // namespace oddroad::sim
