#include "engine/pipeline/clip_job.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>

#include "engine/core/random.h"
#include "engine/pipeline/clip_begin.h"
#include "engine/pipeline/clip_source.h"
#include "engine/pipeline/vary_looks.h"
#include "engine/pipeline/vary_rig.h"
#include "engine/scenario/draw.h"
#include "engine/sim/buried.h"
#include "engine/sim/parked.h"
#include "engine/sim/probe.h"
#include "engine/sim/simulate.h"
#include "engine/sim/street_style.h"
#include "engine/stage/stage.h"
#include "engine/world/levels.h"

namespace oddroad::pipeline {

namespace {

math::Aabb box_of(const asset::ModelSize& size) {
  return {{-size.rear_overhang_m, -.5 * size.width_m, 0},
          {size.length_m - size.rear_overhang_m, .5 * size.width_m, size.height_m}};
}

// What stands in any of these lines of sight, without what changes only how it looks: parked cars,
// whose meshes take longest, are left out before they are made. `looks` null: all.
core::Result<world::StaticWorld> make_stage(const ScenarioSetup& setup,
                                            const scenario::Variant& variant,
                                            const capture::Ontology& ontology,
                                            sim::ModelSource& models,
                                            const std::vector<sim::Look>* looks) {
  const auto T_map_world = sim::choose_local_origin(variant, *setup.graph);
  if (!T_map_world) return core::forward_error(T_map_world);
  stage::StageOptions options;
  options.origin_map = T_map_world->translation;
  options.seed = core::hash64("stage", variant.looks.dressing_seed.value_or(variant.random_key));
  options.style = sim::street_style(variant);
  options.make_model = [&](const asset::ModelRequest& request) {
    return models.model(request);
  };
  auto parked = sim::parked_cars(variant, *setup.graph, {&ontology, &models});
  if (!parked) return core::forward_error(parked);
  options.parked = std::move(*parked);
  if (looks != nullptr) {
    options.marks = options.ironware = options.shading = false;
    std::erase_if(options.parked, [&](const stage::ParkedCar& car) {
      math::Affine3d T_world_car = car.T_map_car;
      T_world_car.translation -= options.origin_map;
      return !sim::comes_near(*looks, box_of(car.size), T_world_car);
    });
  }
  auto made = stage::build_stage(*setup.map, ontology, options);
  if (looks != nullptr && made) {
    std::erase_if(made->things, [&](const world::StaticThing& thing) {
      return !sim::comes_near(*looks, thing.model->box, thing.T_world_model);
    });
  }
  return made;
}

}  // namespace

core::Result<world::StaticWorld> make_stage(const ScenarioSetup& setup,
                                            const scenario::Variant& variant,
                                            const capture::Ontology& ontology,
                                            sim::ModelSource& models) {
  return make_stage(setup, variant, ontology, models, nullptr);
}

core::Result<world::StaticWorld> make_stage(const ScenarioSetup& setup,
                                            const scenario::Variant& variant,
                                            const capture::Ontology& ontology,
                                            sim::ModelSource& models,
                                            const std::vector<sim::Look>& looks) {
  return make_stage(setup, variant, ontology, models, &looks);
}

namespace {

// From where `require: hidden` looks: the first sensor that looks at all, else a driver.
math::Vec3d eye_of(const Rig& rig) {
  if (!rig.cameras.empty()) return rig.cameras.front().T_ego_camera.translation;
  if (!rig.lidars.empty()) return rig.lidars.front().T_ego_lidar.translation;
  if (!rig.radars.empty()) return rig.radars.front().T_ego_radar.translation;
  return {1.2, 0.3, 1.3};
}

// The variant that a clip shows: what `require` asks for holds, and nothing stands in a house.
core::Result<scenario::Variant> draw(const ScenarioSetup& setup, std::uint64_t seed,
                                     std::uint32_t index, const sim::SimContext& context,
                                     scene::RayCasterFactory& rays, scenario::Rejections* told) {
  context.models->begin_clip();
  const sim::StageMaker stage = [&](const scenario::Variant& v) {
    return make_stage(setup, v, *context.ontology, *context.models);
  };
  sim::SimProbe probe(*setup.graph, context, rays, eye_of(setup.rig),
                      [&](const scenario::Variant& v, const std::vector<sim::Look>& looks) {
                        return make_stage(setup, v, *context.ontology, *context.models, looks);
                      });
  auto variant = scenario::draw_variant(setup.scenario, seed, index, *setup.sites, &probe, told);
  if (!variant) return variant;
  const auto dropped = sim::drop_buried(*variant, *setup.graph, context, stage);
  if (!dropped) return core::forward_error(dropped);
  return variant;
}

}  // namespace

core::Result<Played> play(const ScenarioSetup& setup, std::uint64_t seed, std::uint32_t index,
                          const capture::Ontology& ontology, sim::ModelSource& models,
                          scene::RayCasterFactory& rays) {
  const sim::SimContext context{&ontology, &models};
  auto variant = draw(setup, seed, index, context, rays, nullptr);
  if (!variant) return core::forward_error(variant);
  auto timeline = sim::simulate(*variant, *setup.graph, context);
  if (!timeline) return core::forward_error(timeline);
  return Played{std::move(*variant), std::move(*timeline)};
}

core::Result<Rehearsed> rehearse(const ScenarioSetup& setup, std::uint64_t seed,
                                 std::uint32_t index, const capture::Ontology& ontology,
                                 sim::ModelSource& models, scene::RayCasterFactory& rays,
                                 scenario::Rejections* told) {
  const sim::SimContext context{&ontology, &models};
  auto variant = draw(setup, seed, index, context, rays, told);
  if (!variant) return core::forward_error(variant);
  auto run = sim::rehearse(*variant, *setup.graph, context);
  if (!run) return core::forward_error(run);
  return Rehearsed{std::move(*variant), std::move(*run)};
}

dataset::ClipIdentity identify(const ScenarioSetup& setup, std::uint64_t seed, std::uint32_t index,
                               const BackEnds& back_ends) {
  dataset::ClipIdentity identity;
  identity.scenario = setup.scenario.name;
  identity.content_hash = setup.scenario.content_hash;
  identity.seed = seed;
  identity.index = index;
  identity.software_version = ODDROAD_VERSION;
  identity.visibility = back_ends.visibility ? "raster" : "cast";
  identity.shading = back_ends.shading ? back_ends.shading_name : "none";
  identity.colour = back_ends.shading != nullptr;
  return identity;
}

namespace {

dataset::ClipInfo describe_clip(const ScenarioSetup& setup, const Played& played,
                                const world::StaticWorld& stage,
                                const dataset::ClipIdentity& identity, const ClipPlan& plan,
                                const world::MaterialTable& materials) {
  const scenario::Variant& v = played.variant;
  dataset::ClipInfo info;
  info.identity = identity;
  info.summary = v.summary;
  info.attempt = v.attempt;
  info.parameters = v.parameters;
  info.parameter_values = v.parameter_values;
  info.map_name = std::filesystem::path(v.map_path).filename().string();
  info.rig_name = setup.rig.name;
  info.site = {v.site.road_id, v.site.s_m, v.site.lane_id, v.site.length_m};
  info.rate_hz = plan.rate_hz;
  info.kinds.assign(plan.kinds.begin(), plan.kinds.end());
  dataset::describe(played.timeline, info);
  dataset::describe(stage, info);
  info.materials = materials.names();
  return info;
}

ClipPlan plan_of(const Played& played, const BackEnds& back_ends) {
  const scenario::Record& record = played.variant.record;
  ClipPlan plan;
  plan.rate_hz = record.rate_hz;
  plan.from_ns = std::llround(record.from_s * 1e9);
  plan.end_ns = played.timeline.end_ns;
  plan.kinds.insert(record.kinds.begin(), record.kinds.end());
  if (!back_ends.shading) {
    for (const char* kind : {"rgb", "raw", "radiance"}) plan.kinds.erase(kind);
  }
  plan.random_key = played.variant.random_key;
  return plan;
}

using Fault = std::atomic<ClipFailure::Kind>;

// What a writer says, with the blame for its failure noted.
template <typename T>
core::Result<T> written(core::Result<T> result, Fault& fault) {
  if (!result) fault = ClipFailure::Kind::kCannotWrite;
  return result;
}

std::string tick_text(std::size_t tick, std::size_t ticks) {
  return "tick " + std::to_string(tick) + " of " + std::to_string(ticks);
}

// Leaves a checkpoint where this attempt got on.
tl::unexpected<core::Diagnostics> stop_at(std::size_t tick, std::size_t ticks, const ClipTask& task,
                                          ClipBeginning& clip, Fault& fault) {
  const std::string maker = task.maker();
  if (maker.empty() || tick == 0) {
    fault = ClipFailure::Kind::kPaused;
    return core::fail("stopped before its first tick");
  }
  if (tick > clip.tick) {
    const dataset::CheckpointNote note{maker, static_cast<std::int64_t>(tick),
                                       static_cast<std::int64_t>(ticks)};
    const auto left = written(clip.writer.pause(note, core::to_bytes(*clip.state)), fault);
    if (!left) return core::forward_error(left);
  }
  fault = ClipFailure::Kind::kPaused;
  return core::fail("stopped at " + tick_text(tick, ticks));
}

core::Result<dataset::Commit> make(const ClipTask& task, const BackEnds& back_ends,
                                   sim::ModelSource& models, const ClipProgress& progress,
                                   Fault& fault) {
  const ScenarioSetup& setup = *task.setup;
  auto played = play(setup, task.seed, task.index, *task.ontology, models, *back_ends.rays);
  if (!played) return core::forward_error(played);
  auto stage = make_stage(setup, played->variant, *task.ontology, models);
  if (!stage) return core::forward_error(stage);
  const auto rig = vary_rig(setup.rig, setup.scenario, played->variant);
  if (!rig) return core::forward_error(rig);
  world::LevelMaker level;
  if (task.levels != nullptr) {
    task.levels->begin_clip();
    level = [&](const std::shared_ptr<const asset::Model>& full, int n) {
      return task.levels->get(full, n);
    };
  }
  world::LevelRule rule;
  if (setup.scenario.record.triangles) {
    rule.budget = static_cast<std::size_t>(*setup.scenario.record.triangles);
  }
  const auto levels = world::choose_levels(rule, level, played->timeline, *stage);
  for (const auto& [name, value] : world::told(rule, levels)) {
    played->variant.parameter_values[name] = value;
    played->variant.parameters[name] = std::to_string(value);
  }
  vary_looks(played->variant.looks, played->timeline, *stage);
  const world::MaterialTable materials(played->timeline, *stage);
  const labels::LaneMap lanes(*setup.graph, stage->T_map_world);
  ClipPlan plan = plan_of(*played, back_ends);
  plan.ontology = task.ontology;
  plan.materials = &materials;
  if (plan.kinds.contains("lanes")) plan.lanes = &lanes;
  const auto source = clip_source(setup.scenario);
  if (!source) return core::forward_error(source);
  const auto identity = identify(setup, task.seed, task.index, back_ends);
  const ClipParts parts{
      [&] {
        return dataset::ClipWriter::create(
            task.dataset, describe_clip(setup, *played, *stage, identity, plan, materials),
            rig->calibration(played->timeline.actors[played->timeline.ego].model.get()), *source,
            played->timeline, task.scratch);
      },
      [&] {
        return std::make_unique<ClipState>(played->timeline, *rig, plan, back_ends);
      }};
  const std::size_t ticks = count_ticks(*rig, plan);
  auto begun = written(begin_clip(task, identity, ticks, parts, progress), fault);
  if (!begun) return core::forward_error(begun);
  dataset::ClipWriter* writer = &begun->writer;
  progress.started(count_captures(*rig, plan));
  if (begun->tick > 0 && progress.resumed) {
    progress.resumed(count_captures_before(*rig, plan, begun->tick),
                     "goes on at " + tick_text(begun->tick, ticks));
  }
  FrameSink sink;
  sink.camera = [&](const capture::CameraFrame& frame) {
    return written(writer->write(frame), fault);
  };
  sink.lidar = [&](const capture::LidarFrame& frame) {
    return written(writer->write(frame), fault);
  };
  sink.radar = [&](const capture::RadarFrame& frame) {
    return written(writer->write(frame), fault);
  };
  sink.motion = [&](const capture::MotionRecords& records) {
    return written(writer->write(records), fault);
  };
  const Progress captured = [&] {
    if (progress.captured()) return true;
    auto nobody = ClipFailure::Kind::kClip;
    fault.compare_exchange_strong(nobody, ClipFailure::Kind::kInterrupted);
    return false;
  };
  TickSpan span{begun->tick, {}};
  if (task.maker) span.pause = progress.pause;
  const auto reached = render_ticks(played->timeline, *stage, *rig, plan, back_ends, *begun->state,
                                    span, sink, captured);
  if (!reached) return core::forward_error(reached);
  if (*reached < ticks) return stop_at(*reached, ticks, task, *begun, fault);
  return written(writer->commit(), fault);
}

}  // namespace

tl::expected<dataset::Commit, ClipFailure> make_clip(const ClipTask& task,
                                                     const BackEnds& back_ends,
                                                     sim::ModelSource& models,
                                                     const ClipProgress& progress) {
  Fault fault = ClipFailure::Kind::kClip;
  auto commit = make(task, back_ends, models, progress, fault);
  if (!commit) return tl::unexpected(ClipFailure{fault, commit.error()});
  return std::move(*commit);
}

}  // namespace oddroad::pipeline
