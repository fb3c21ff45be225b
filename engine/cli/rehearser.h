// Dry runs of one scenario.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/cli/context.h"
#include "engine/pipeline/clip_job.h"
#include "render/scene/visibility.h"

namespace oddroad::cli {

// What they need.
struct Rehearser {
  pipeline::ScenarioSetup setup;
  capture::Ontology ontology;
  std::unique_ptr<scene::RayCasterFactory> rays;
  sim::CatalogModels models{};

  // Thread-safe. `told`: see scenario::draw_variant.
  core::Result<pipeline::Rehearsed> rehearse(std::uint64_t seed, std::uint32_t index,
                                             scenario::Rejections* told) {
    return pipeline::rehearse(setup, seed, index, ontology, models, *rays, told);
  }
};

// Prints the scenario's warnings, or what is wrong: then null, and the exit code in `code`.
std::unique_ptr<Rehearser> load_rehearser(const Context& context, const std::string& file,
                                          const std::vector<std::string>& overrides, int& code);

}  // namespace oddroad::cli
