// A resolved scenario with the origin of every value.
#pragma once

#include <string>

#include "engine/core/yaml.h"

namespace oddroad::scenario {

// YAML that reads back as the same tree; behind each line stands, as a comment, the file and line
// that its values come from: the file itself, one that it is `like` or that it uses, or --set.
// Files in the folder of `file` are named without it.
std::string explain(const core::YamlNode& resolved, const std::string& file);

}  // namespace oddroad::scenario
