// Proves the labels of recorded clips by an independent route.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "engine/capture/ontology.h"
#include "engine/core/result.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

struct Options {
  int frames_per_clip = 3;                     // of each sensor, spread evenly; 0 = all
  std::optional<capture::Ontology> installed;  // what dataset.json is compared with
};

struct ClipReport {
  std::string clip;  // folder, relative to the dataset
  int frames = 0;    // looked at pixel by pixel and point by point
  // Data of others (oddroad import): there is no world to make again; only its files are proven.
  bool imported = false;
  Report report;
};

// One clip folder, wherever it lies. What is missing or malformed is a disagreement too.
ClipReport verify_clip(const std::filesystem::path& folder, const capture::Ontology& ontology,
                       const Options& options);

struct DatasetReport {
  std::vector<ClipReport> clips;
  Report total;  // the dataset's own checks first; files in it are relative to the dataset
};

// All clips, in order of their folders' names. `progress` is told of each when it is done.
// Errors: there is no dataset of a known format version at this place.
core::Result<DatasetReport> verify_dataset(const std::filesystem::path& dataset,
                                           const Options& options,
                                           const std::function<void(const ClipReport&)>& progress);

}  // namespace oddroad::verify
