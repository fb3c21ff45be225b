// One clip of a scenario, rendered to learn what its clips cost.
#pragma once

#include <filesystem>

#include "engine/asset/level_cache.h"
#include "engine/farm/sizing.h"
#include "engine/pipeline/clip_job.h"

namespace oddroad::cli {

// A dataset of our own that goes with us.
class ProbeFolder {
 public:
  static core::Result<ProbeFolder> create(const capture::Ontology& ontology);
  ~ProbeFolder();
  ProbeFolder(ProbeFolder&& other) noexcept;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  ProbeFolder() = default;
  std::filesystem::path path_;
};

class Prober {
 public:
  // Borrows all but the folder's name.
  Prober(const capture::Ontology& ontology, const pipeline::BackEnds& back_ends,
         std::filesystem::path folder, double limit_s);

  // Cut off after the limit, or where somebody interrupts. Errors: the clip cannot be made.
  core::Result<farm::Probe> run(const pipeline::ScenarioSetup& setup, std::uint64_t seed,
                                std::uint32_t index);

 private:
  const capture::Ontology& ontology_;
  const pipeline::BackEnds& back_ends_;
  std::filesystem::path folder_;
  double limit_s_;
  sim::CatalogModels models_;
  asset::LevelCache levels_;
};

}  // namespace oddroad::cli
