// A variant of a scenario, played and staged, ready for sensors.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/pipeline/clip_job.h"
#include "engine/world/levels.h"
#include "render/cast/embree_scene.h"
#include "tests/integration/fixture.h"

namespace oddroad::tests {

class PlayedClip {
 public:
  PlayedClip(const std::string& scenario, std::uint32_t index,
             const std::vector<std::string>& overrides = {}) {
    ontology_ = *pipeline::load_ontology(roots());
    rays_ = std::move(*cast::make_embree_factory());
    auto setup = pipeline::load_setup(scenario, roots(), overrides);
    if (!setup) throw std::runtime_error(core::to_string(setup.error()));
    setup_ = std::make_unique<pipeline::ScenarioSetup>(std::move(*setup));
    auto played =
        pipeline::play(*setup_, setup_->scenario.sample.seed, index, ontology_, models_, *rays_);
    if (!played) throw std::runtime_error(core::to_string(played.error()));
    played_ = std::make_unique<pipeline::Played>(std::move(*played));
    auto stage = pipeline::make_stage(*setup_, played_->variant, ontology_, models_);
    if (!stage) throw std::runtime_error(core::to_string(stage.error()));
    stage_ = std::move(*stage);
    world::choose_levels({}, {}, played_->timeline, stage_);
  }

  [[nodiscard]] const pipeline::ScenarioSetup& setup() const { return *setup_; }
  [[nodiscard]] const scenario::Variant& variant() const { return played_->variant; }
  [[nodiscard]] const world::Timeline& timeline() const { return played_->timeline; }
  [[nodiscard]] world::Timeline& timeline() { return played_->timeline; }
  [[nodiscard]] const world::StaticWorld& stage() const { return stage_; }
  [[nodiscard]] scene::RayCasterFactory& rays() const { return *rays_; }
  [[nodiscard]] const capture::Ontology& ontology() const { return ontology_; }

 private:
  capture::Ontology ontology_;
  std::unique_ptr<scene::RayCasterFactory> rays_;
  sim::CatalogModels models_;
  std::unique_ptr<pipeline::ScenarioSetup> setup_;
  std::unique_ptr<pipeline::Played> played_;
  world::StaticWorld stage_;
};

}  // namespace oddroad::tests
