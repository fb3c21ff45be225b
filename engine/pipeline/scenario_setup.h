// Everything that the clips of one scenario share: the parsed file, its map, its rig.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/capture/ontology.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/pipeline/rig.h"
#include "engine/road/lane_graph.h"
#include "engine/road/road_map.h"
#include "engine/scenario/scenario.h"
#include "engine/scenario/site_search.h"

namespace oddroad::pipeline {

// Immutable once loaded; safe for several threads.
struct ScenarioSetup {
  scenario::Scenario scenario;
  std::unique_ptr<const road::RoadMap> map;
  std::unique_ptr<const road::LaneGraph> graph;  // borrows map
  std::unique_ptr<const scenario::RoadSiteFinder> sites;  // borrows graph
  Rig rig;
};

// Errors: everything wrong with the scenario file and, if that is fine, with its map and its rig.
core::Result<ScenarioSetup> load_setup(const std::string& path, const core::SearchRoots& roots,
                                       const std::vector<std::string>& overrides);

// assets/ontology.yaml under the roots.
core::Result<capture::Ontology> load_ontology(const core::SearchRoots& roots);

}  // namespace oddroad::pipeline
