// Makes and refreshes the catalogue of a dataset: DATASET/index.sqlite.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "engine/core/result.h"

namespace oddroad::catalogue {

struct IndexSummary {
  int added = 0, changed = 0, removed = 0, kept = 0;  // clips
  std::int64_t frames = 0;                            // of clips that were read
  core::Diagnostics problems;                         // clips that cannot be read: left out
};

// Called now and then, from one thread; false: stop, what was read so far stays.
using IndexProgress = std::function<bool(std::size_t read, std::size_t of)>;

// Reads clips that are new or have another manifest, drops those that are gone. Rows of a clip come
// all or not at all: killing the program at any instant leaves a catalogue of fewer clips. Errors:
// no dataset, the catalogue cannot be written, "interrupted".
core::Result<IndexSummary> index_dataset(const std::filesystem::path& dataset,
                                         const IndexProgress& progress);

}  // namespace oddroad::catalogue
