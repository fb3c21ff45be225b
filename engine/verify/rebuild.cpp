#include "engine/verify/rebuild.h"

#include <regex>

#include "engine/core/random.h"
#include "engine/scenario/draw.h"
#include "engine/scenario/site_search.h"
#include "engine/sim/simulate.h"
#include "engine/stage/stage.h"
#include "engine/verify/files.h"

namespace oddroad::verify {
namespace {

// Clips of before `inputs/` name files relative to the library folder their scenario lay in.
core::SearchRoots with_library_folders(core::SearchRoots roots) {
  const auto given = roots.directories;
  for (const std::filesystem::path& root : given) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(root / "scenarios", error)) {
      if (entry.is_directory()) roots.directories.push_back(entry.path());
    }
  }
  return roots;
}

// Clips of before `inputs/` quote every number, and a quoted number is no number to the reader.
core::Result<scenario::Scenario> load_scenario(const std::filesystem::path& file,
                                               const core::SearchRoots& roots) {
  const auto bytes = read_bytes(file);
  if (!bytes) return core::forward_error(bytes);
  static const std::regex quoted("\"(-?[0-9]+(\\.[0-9]+)?|true|false)\"");
  return scenario::parse_scenario(std::regex_replace(*bytes, quoted, "$1"), file.string(),
                                  with_library_folders(roots));
}

core::Result<world::StaticWorld> rebuild_stage(const RebuiltClip& clip,
                                               const capture::Ontology& ontology) {
  const auto T_map_world = sim::choose_local_origin(clip.variant, *clip.graph);
  if (!T_map_world) return core::forward_error(T_map_world);
  stage::StageOptions options;
  options.origin_map = T_map_world->translation;
  options.seed = core::hash64("stage", clip.variant.random_key);
  return stage::build_stage(*clip.map, ontology, options);
}

}  // namespace

core::Result<RebuiltClip> rebuild_clip(const std::filesystem::path& folder, const ClipRecord& clip,
                                       const capture::Ontology& ontology,
                                       const core::SearchRoots& roots) {
  RebuiltClip out;
  auto scenario = load_scenario(folder / "scenario.yaml", roots);
  if (!scenario) return core::forward_error(scenario);
  out.scenario = std::move(*scenario);
  auto map = road::load_opendrive(out.scenario.map_path);
  if (!map) return core::forward_error(map);
  out.map = std::make_unique<const road::RoadMap>(std::move(*map));
  out.graph = std::make_unique<const road::LaneGraph>(*out.map);
  const scenario::RoadSiteFinder sites(*out.graph);
  auto variant = scenario::redraw_variant(out.scenario, clip.seed, clip.index, clip.attempt, sites);
  if (!variant) return core::forward_error(variant);
  out.variant = std::move(*variant);
  sim::CatalogModels models;
  auto timeline = sim::simulate(out.variant, *out.graph, {&ontology, &models});
  if (!timeline) return core::forward_error(timeline);
  out.timeline = std::move(*timeline);
  auto stage = rebuild_stage(out, ontology);
  if (!stage) return core::forward_error(stage);
  out.stage = std::move(*stage);
  return out;
}

}  // namespace oddroad::verify
