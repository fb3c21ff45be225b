#include "engine/pipeline/scenario_setup.h"

#include <algorithm>

namespace oddroad::pipeline {
namespace {

// Raw pictures are numbers of a mosaic.
void check_raw(const scenario::Scenario& scenario, const Rig& rig, core::Diagnostics& diagnostics) {
  const auto& kinds = scenario.record.kinds;
  if (std::find(kinds.begin(), kinds.end(), "raw") == kinds.end()) return;
  for (const RigCamera& camera : rig.cameras) {
    if (camera.settings.sensor.mosaic != camera::Mosaic::kNone) continue;
    diagnostics.error({scenario.rig_path}, "kind 'raw' is recorded, but camera '" + camera.name +
                                               "' has no mosaic (sensor.mosaic: none)");
  }
}

}  // namespace

core::Result<ScenarioSetup> load_setup(const std::string& path, const core::SearchRoots& roots,
                                       const std::vector<std::string>& overrides) {
  auto loaded = scenario::load_scenario(path, roots, overrides);
  if (!loaded) return core::forward_error(loaded);
  core::Diagnostics diagnostics;
  ScenarioSetup setup;
  setup.scenario = std::move(*loaded);
  auto rig = load_rig(setup.scenario.rig_path, roots);
  if (!rig) diagnostics.append(rig.error());
  auto map = road::load_opendrive(setup.scenario.map_path);
  if (!map) diagnostics.append(map.error());
  if (rig) check_raw(setup.scenario, *rig, diagnostics);
  if (diagnostics.has_errors()) return tl::unexpected(diagnostics);
  setup.rig = std::move(*rig);
  setup.map = std::make_unique<const road::RoadMap>(std::move(*map));
  setup.graph = std::make_unique<const road::LaneGraph>(*setup.map);
  setup.sites = std::make_unique<const scenario::RoadSiteFinder>(*setup.graph);
  return setup;
}

core::Result<capture::Ontology> load_ontology(const core::SearchRoots& roots) {
  const auto path = core::resolve_path("assets/ontology.yaml", "", roots);
  if (!path) return core::forward_error(path);
  return capture::load_ontology(*path);
}

}  // namespace oddroad::pipeline
