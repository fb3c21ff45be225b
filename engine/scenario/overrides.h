// --set key.path=value
#pragma once

#include <string>
#include <vector>

#include "engine/core/yaml.h"

namespace oddroad::scenario {

// The tree with every override applied, in order. Values are YAML; their places are in a file named
// "--set key.path". Errors: no '=', bad YAML, a path through something that is no map. All of them.
core::Result<core::YamlNode> apply_overrides(const core::YamlNode& root,
                                             const std::vector<std::string>& overrides);

}  // namespace oddroad::scenario
