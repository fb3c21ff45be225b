// One tree over another: how files of a scenario are put together.
#pragma once

#include "engine/core/yaml.h"

namespace oddroad::scenario {

// Maps are joined key by key; everything else replaces what was there (so do distributions,
// placements and ends, which are maps but one thing each), and nothing (`~`) takes it away
// where it is there.
// `+key: [...]` adds to the list under `key`. Nodes keep the places they stand at. Problems: `+key`
// where there is no list, or beside `key`.
core::YamlNode joined(const core::YamlNode& under, const core::YamlNode& over,
                      core::Diagnostics& diagnostics);

// The map without what `~` clears anywhere in it: all that is there has been taken away by then. A
// key behind which nothing is written stays, as a value that somebody forgot.
core::YamlNode without_cleared(const core::YamlNode& map);

// The map without a key.
core::YamlNode without(const core::YamlNode& map, const std::string& key);

}  // namespace oddroad::scenario
