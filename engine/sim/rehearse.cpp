#include "engine/sim/rehearse.h"

#include "engine/sim/simulation.h"

namespace oddroad::sim {

core::Result<Rehearsal> rehearse(const scenario::Variant& variant, const road::LaneGraph& graph,
                                 const SimContext& context) {
  SimContext outlines = context;
  outlines.outlines_only = true;
  auto simulation = Simulation::create(variant, graph, outlines);
  if (!simulation) return core::forward_error(simulation);
  while ((*simulation)->step()) {
  }
  Rehearsal out{(*simulation)->timeline(), (*simulation)->report()};
  const auto added = (*simulation)->add_traffic(out.timeline, outlines);
  if (!added) return core::forward_error(added);
  return out;
}

}  // namespace oddroad::sim
