// like: another scenario that this one changes.
#pragma once

#include "engine/core/paths.h"
#include "engine/core/yaml.h"

namespace oddroad::scenario {

// The tree with the scenario that `like:` names (beside this file, then in the libraries) put
// under it: maps are joined key by key, everything else replaces what was there (so do
// distributions, placements and ends, which are maps but one thing each), and nothing (`~`) takes
// it away. Nodes keep the file they stand in, from which the paths in them count. The name is never
// inherited: two scenarios that draw alike would be one. At most eight deep.
// Errors: no such file, bad YAML, a scenario like itself.
core::Result<core::YamlNode> resolve_like(const core::YamlNode& root, const std::string& file,
                                          const core::SearchRoots& roots);

// What a path written at a place counts from: the file it stands in; nothing (where the command
// runs) for --set.
std::string file_of(const core::SourceLocation& where);

}  // namespace oddroad::scenario
