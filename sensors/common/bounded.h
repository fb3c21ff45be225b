// Numbers of a settings map that lie between bounds.
#pragma once

#include "engine/core/map_reader.h"

namespace oddroad::common {

struct Bounds {
  core::Dimension dimension;
  double lower = 0;  // SI, both included
  double upper = 0;
};

// Sets `out` where the key is there and its value lies in the bounds; reports it otherwise. `node`
// is the map that `reader` reads.
void read_bounded(core::MapReader& reader, const core::YamlNode& node, const char* key,
                  const Bounds& bounds, double& out);

}  // namespace oddroad::common
