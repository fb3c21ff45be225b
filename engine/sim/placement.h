// Puts the bodies of a cast on the map, with free gaps between their outlines.
//
// A gap within one lane follows that lane round its bends. All else is measured along the base
// line: the track of the site's lane through the site's start (s = 0), or of the ego's own lane
// where the ego is placed absolutely.
#pragma once

#include <optional>
#include <vector>

#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/sim/body.h"
#include "engine/sim/ground.h"

namespace oddroad::sim {

// Where the base line starts. Error: no such lane, at the placement's place.
core::Result<road::LanePosition> base_position(const scenario::Variant& variant,
                                               const road::LaneGraph& graph);

struct PlacedLane {
  std::optional<road::LanePosition> at;  // the lane the model origin stands on, if placed by lane
  double lateral_m = 0;                  // from that lane's centre, + to its driver's left
  bool against_traffic = false;
};

struct Stageplan {
  std::shared_ptr<const Track> base;  // 300 m back, 1500 m ahead where the map reaches
  std::vector<PlacedLane> lanes;      // as bodies
};

// Sets position, yaw and pose of every body. Errors (all at once, each at its actor): lanes that
// the map lacks, `other` that does not exist or refers back, placements that are not supported, and
// outlines that overlap at the start.
core::Result<Stageplan> place(const scenario::Variant& variant, const road::LaneGraph& graph,
                              const math::Vec3d& origin, const Ground& ground, Bodies& bodies);

}  // namespace oddroad::sim
