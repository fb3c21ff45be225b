#include "engine/verify/rebuild.h"

#include "engine/core/random.h"
#include "engine/scenario/draw.h"
#include "engine/scenario/randomize_variant.h"
#include "engine/scenario/site_search.h"
#include "engine/sim/buried.h"
#include "engine/sim/parked.h"
#include "engine/sim/simulate.h"
#include "engine/sim/street_style.h"
#include "engine/stage/stage.h"
#include "engine/verify/check_calibration.h"
#include "engine/world/levels.h"

namespace oddroad::verify {
namespace {

core::Result<world::StaticWorld> rebuild_stage(const RebuiltClip& clip,
                                               const scenario::Variant& variant,
                                               const capture::Ontology& ontology,
                                               sim::ModelSource& models) {
  const auto T_map_world = sim::choose_local_origin(variant, *clip.graph);
  if (!T_map_world) return core::forward_error(T_map_world);
  stage::StageOptions options;
  options.origin_map = T_map_world->translation;
  options.seed = core::hash64("stage", variant.looks.dressing_seed.value_or(variant.random_key));
  options.style = sim::street_style(variant);
  options.make_model = [&](const asset::ModelRequest& request) {
    return models.model(request);
  };
  auto parked = sim::parked_cars(variant, *clip.graph, {&ontology, &models});
  if (!parked) return core::forward_error(parked);
  options.parked = std::move(*parked);
  return stage::build_stage(*clip.map, ontology, options);
}

// What was drawn for the sensors stands among the clip's parameters, too.
core::Result<void> add_sensor_parameters(RebuiltClip& clip) {
  const auto rig = read_rig(clip.scenario.rig_path);
  if (!rig) return core::forward_error(rig);
  scenario::Variant& variant = clip.variant;
  const auto add = [&](const std::string& sensor, bool is_camera) -> core::Result<void> {
    const auto drawn = scenario::sensor_tolerance(clip.scenario, variant, sensor, is_camera);
    if (!drawn) return core::forward_error(drawn);
    if (!*drawn) return {};
    variant.parameters.insert((*drawn)->texts.begin(), (*drawn)->texts.end());
    variant.parameter_values.insert((*drawn)->numbers.begin(), (*drawn)->numbers.end());
    return {};
  };
  for (const CameraRecord& camera : rig->cameras) {
    if (const auto added = add(camera.name, true); !added) return added;
  }
  for (const LidarRecord& lidar : rig->lidars) {
    if (const auto added = add(lidar.name, false); !added) return added;
  }
  for (const MountRecord& mount : rig->mounts) {
    if (mount.type == "odometry") continue;
    if (const auto added = add(mount.name, false); !added) return added;
  }
  return {};
}

// What a budget did stands among the clip's parameters, too.
void choose_levels(RebuiltClip& clip) {
  world::LevelRule rule;
  if (const auto& budget = clip.scenario.record.triangles) {
    rule.budget = static_cast<std::size_t>(*budget);
  }
  const auto levels = world::choose_levels(rule, {}, clip.timeline, clip.stage);
  for (const auto& [name, value] : world::told(rule, levels)) {
    clip.variant.parameter_values[name] = value;
    clip.variant.parameters[name] = std::to_string(value);
  }
}

}  // namespace

core::Result<RebuiltClip> rebuild_clip(const std::filesystem::path& folder, const ClipRecord& clip,
                                       const capture::Ontology& ontology) {
  RebuiltClip out;
  auto scenario = scenario::load_scenario((folder / "scenario.yaml").string(), {});
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
  if (const auto added = add_sensor_parameters(out); !added) return core::forward_error(added);
  sim::CatalogModels models;
  const auto dropped = sim::drop_buried(out.variant, *out.graph, {&ontology, &models},
                                        [&](const scenario::Variant& v) {
                                          return rebuild_stage(out, v, ontology, models);
                                        });
  if (!dropped) return core::forward_error(dropped);
  auto timeline = sim::simulate(out.variant, *out.graph, {&ontology, &models});
  if (!timeline) return core::forward_error(timeline);
  out.timeline = std::move(*timeline);
  auto stage = rebuild_stage(out, out.variant, ontology, models);
  if (!stage) return core::forward_error(stage);
  out.stage = std::move(*stage);
  choose_levels(out);
  return out;
}

}  // namespace oddroad::verify
