// The world of a recorded clip, made again from its scenario, seed, index and attempt.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/capture/ontology.h"
#include "engine/core/result.h"
#include "engine/road/lane_graph.h"
#include "engine/road/road_map.h"
#include "engine/scenario/scenario.h"
#include "engine/scenario/variant.h"
#include "engine/verify/records.h"
#include "engine/world/static_world.h"
#include "engine/world/timeline.h"

namespace oddroad::verify {

struct RebuiltClip {
  scenario::Scenario scenario;
  std::unique_ptr<const road::RoadMap> map;
  std::unique_ptr<const road::LaneGraph> graph;  // borrows map
  scenario::Variant variant;
  world::Timeline timeline;
  world::StaticWorld stage;
};

// From the folder alone: scenario.yaml names nothing but files below inputs/.
// Errors: whatever of it cannot be read, drawn or played.
core::Result<RebuiltClip> rebuild_clip(const std::filesystem::path& folder, const ClipRecord& clip,
                                       const capture::Ontology& ontology);

}  // namespace oddroad::verify
