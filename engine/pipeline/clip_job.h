// One clip from a variant to committed files.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "engine/asset/level_cache.h"
#include "engine/dataset/clip_writer.h"
#include "engine/pipeline/clip_renderer.h"
#include "engine/pipeline/scenario_setup.h"
#include "engine/scenario/rejections.h"
#include "engine/scenario/variant.h"
#include "engine/sim/model_source.h"
#include "engine/sim/rehearse.h"
#include "engine/sim/sight.h"

namespace oddroad::pipeline {

// The variant played out: what `draw` shows and `render` films.
struct Played {
  scenario::Variant variant;
  world::Timeline timeline;
};

// Draws and simulates. `rays` looks for what `require` hides or shows.
core::Result<Played> play(const ScenarioSetup& setup, std::uint64_t seed, std::uint32_t index,
                          const capture::Ontology& ontology, sim::ModelSource& models,
                          scene::RayCasterFactory& rays);

// The same variant in motion without meshes (engine/sim/rehearse.h).
struct Rehearsed {
  scenario::Variant variant;
  sim::Rehearsal run;
};

// Plays the variant that `play` would, to the bit. `told`: see scenario::draw_variant.
core::Result<Rehearsed> rehearse(const ScenarioSetup& setup, std::uint64_t seed,
                                 std::uint32_t index, const capture::Ontology& ontology,
                                 sim::ModelSource& models, scene::RayCasterFactory& rays,
                                 scenario::Rejections* told = nullptr);

// The static world around a variant, in the frame of its timeline.
core::Result<world::StaticWorld> make_stage(const ScenarioSetup& setup,
                                            const scenario::Variant& variant,
                                            const capture::Ontology& ontology,
                                            sim::ModelSource& models);

// The same without parked cars that stand in none of these lines of sight; nothing else of a stage
// depends on them.
core::Result<world::StaticWorld> make_stage(const ScenarioSetup& setup,
                                            const scenario::Variant& variant,
                                            const capture::Ontology& ontology,
                                            sim::ModelSource& models,
                                            const std::vector<sim::Look>& looks);

// Which clip this will be; known before anything is drawn.
dataset::ClipIdentity identify(const ScenarioSetup& setup, std::uint64_t seed, std::uint32_t index,
                               const BackEnds& back_ends);

struct ClipTask {
  const ScenarioSetup* setup = nullptr;
  std::uint64_t seed = 0;
  std::uint32_t index = 0;
  std::filesystem::path dataset;
  const capture::Ontology* ontology = nullptr;
  asset::LevelCache* levels = nullptr;  // shared by clips; null: levels are made anew
  std::filesystem::path scratch{};      // where the clip grows (dataset::ClipWriter)
  // dataset::CheckpointNote::maker, asked for where it is needed. Empty, or says nothing: no
  // checkpoint is left or taken up.
  std::function<std::string()> maker{};
};

// Progress of one clip: called once with the number of captures, then after each. What is empty is
// not called.
struct ClipProgress {
  std::function<void(std::size_t captures)> started;
  std::function<bool()> captured;  // false: stop, the clip is dropped
  // Between ticks: true: stop here, whoever makes the clip next goes on here (needs a maker).
  std::function<bool()> pause{};
  // After `started`: it goes on where it stopped, with so many captures made.
  std::function<void(std::size_t captures, const std::string& told)> resumed{};
  std::function<void(const std::string&)> told{};  // of a checkpoint that is of no use
};

// Whose fault it was: the clip's own (the variant cannot be drawn or played, a back-end failed),
// the disk's, or nobody's: `captured` said stop, or `pause` did (`why` says where).
struct ClipFailure {
  enum class Kind { kClip, kCannotWrite, kInterrupted, kPaused } kind = Kind::kClip;
  core::Diagnostics why;
};

// A clip that failed leaves nothing behind, but for a checkpoint.
tl::expected<dataset::Commit, ClipFailure> make_clip(const ClipTask& task,
                                                     const BackEnds& back_ends,
                                                     sim::ModelSource& models,
                                                     const ClipProgress& progress);

}  // namespace oddroad::pipeline
