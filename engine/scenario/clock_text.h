// Times of day, dates and phases of the moon as people write them, made numbers that ranges and
// choices can be drawn from.
#pragma once

#include "engine/core/yaml.h"
#include "engine/scenario/names.h"

namespace oddroad::scenario {

// The node with every "23:30" or "23:30:15" in it, as a value, the end of a range or an option,
// replaced by the time since midnight. What looks like none stays; one that cannot be is reported.
core::YamlNode with_times(const core::YamlNode& node, core::Diagnostics& diagnostics);
// "2026-06-21" by days since 1970-01-01.
core::YamlNode with_dates(const core::YamlNode& node, core::Diagnostics& diagnostics);
// new, half, full by the share that is lit.
core::YamlNode with_moon_phases(const core::YamlNode& node);

}  // namespace oddroad::scenario
