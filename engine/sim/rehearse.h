// A dry run: a variant in motion without meshes, and what became of its story.
#pragma once

#include "engine/sim/run_report.h"
#include "engine/sim/simulate.h"

namespace oddroad::sim {

struct Rehearsal {
  world::Timeline timeline;  // models are outlines; no lamps lit
  RunReport report;
};

// Moves exactly as simulate() does. Errors: as there.
core::Result<Rehearsal> rehearse(const scenario::Variant& variant, const road::LaneGraph& graph,
                                 const SimContext& context);

// For people: the draws, everything that happened in order with where the ego was then, what never
// started and why, and how near the ego came to others.
std::string to_text(const scenario::Variant& variant, const Rehearsal& run);

}  // namespace oddroad::sim
