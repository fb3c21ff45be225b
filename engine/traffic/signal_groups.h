// Lights that switch together, and which of them may be green at once. Internal.
#pragma once

#include <vector>

#include "engine/traffic/right_of_way.h"

namespace oddroad::traffic {

struct Group {
  std::vector<std::uint32_t> heads;
  std::vector<std::uint32_t> entries;
  int sequence = 0;
  double yellow_s = 3;
};
using Phase = std::vector<Group>;

// All lanes of the passages that begin at the entries.
std::vector<std::uint32_t> passage_lanes(const LaneTable& lanes,
                                         const std::vector<std::uint32_t>& entries);
Group group_of(const LaneTable& lanes, const Controls& controls, std::vector<std::uint32_t> heads,
               int sequence);
// Of the lights of one junction: those that one controller switches are one group, the others by
// the road that their traffic comes from.
std::vector<Group> groups_of(const road::LaneGraph& graph, const LaneTable& lanes,
                             const Controls& controls, int junction,
                             const std::vector<std::uint32_t>& heads);
// Groups share a phase if they may, in the order of their sequence numbers.
std::vector<Phase> phases_of(const LaneTable& lanes, const ConflictTable& conflicts,
                             std::vector<Group> groups);
std::vector<std::uint32_t> entries_of(const Phase& phase);

}  // namespace oddroad::traffic
