#include "engine/pipeline/scenario_setup.h"

namespace oddroad::pipeline {

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
