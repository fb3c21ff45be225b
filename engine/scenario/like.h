// like: another scenario that this one changes. use: files of parts that several share.
#pragma once

#include "engine/core/paths.h"
#include "engine/core/yaml.h"

namespace oddroad::scenario {

// The tree with what `like` and `use` name (beside this file, then in the libraries) put under it
// (join.h): the scenario of `like`, over it the files of `use` in their order, over them the file
// itself. Nodes keep the file they stand in, from which the paths in them count. A file of `use` is
// a map with any of a scenario's keys but a name; it may use others. The name is never
// inherited: two scenarios that draw alike would be one. At most eight deep.
// Errors: no such file, bad YAML, a file that leads back to itself; all that can be told at once.
core::Result<core::YamlNode> resolve_like(const core::YamlNode& root,
                                          const core::SearchRoots& roots);

// What a path written at a place counts from: the file it stands in; nothing (where the command
// runs) for --set.
std::string file_of(const core::SourceLocation& where);

}  // namespace oddroad::scenario
