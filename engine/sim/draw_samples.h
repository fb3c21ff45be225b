// A bird's-eye drawing of many variants of one scenario.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

struct SampleRun {
  std::uint32_t sample = 0;
  // Borrowed; the timeline is the variant's own, of simulate() or rehearse().
  const scenario::Variant* variant = nullptr;
  const world::Timeline* timeline = nullptr;
};

// SVG: the ways of all samples over each other where they happened on the map, outlines at their
// starts, a ring where something started and a cross where two touched, each with a line to where
// the ego was then; for each kind of event in how many samples it came and when. What happens far
// apart gets pictures of its own, below each other. Hovering names the sample. Runs: at least one.
std::string draw_samples_svg(const std::vector<SampleRun>& runs, const road::LaneGraph& graph);

}  // namespace oddroad::sim
