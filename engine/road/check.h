// What `oddroad road check` finds in a map beyond what reading it has told.
#pragma once

#include <string>

#include "engine/road/lane_graph.h"

namespace oddroad::road {

// Consistency of a map that was read: borders of joined lanes that do not meet, jumps of elevation,
// superelevation and lane offset, links of lanes without width, links that only one side knows,
// lanes outside level ones, ends that several roads follow without a junction, connections said
// twice, driving lanes that end inside a junction, ids that occur twice. All are warnings; the map
// is usable as it was read. The rules are those of ASAM's OpenDRIVE checker bundle.
core::Diagnostics check_consistency(const LaneGraph& graph);

// Warnings of one kind differ only in numbers and quoted names. Keeps the first `most` of each
// kind, followed by one that counts the others.
core::Diagnostics shortened(const core::Diagnostics& all, int most);

struct MapCheck {
  core::Diagnostics warnings;  // reading, lane graph, objects, signals, consistency
  std::string summary;         // one line: what the map holds, how many warnings of how many kinds
};
MapCheck check_map(const RoadMap& map);

}  // namespace oddroad::road
