// `oddroad import`: somebody else's dataset as clips of ours, to compare and to mix real and
// synthetic data. imported.h says how what a source does not know is marked.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/exchange/imported.h"

namespace oddroad::exchange {

struct ImportProgress {
  std::function<void(std::size_t clips)> started;
  // Never two at once. `false` stops.
  std::function<bool(const std::string& clip, std::size_t captures)> clip;
};

struct ImportSummary {
  int clips = 0;    // written
  int present = 0;  // complete in the dataset already
  int captures = 0;
  std::map<std::string, std::int64_t> counts, losses;
};

struct ImportError {
  enum class Kind { kBadInput, kCannotWrite, kInterrupted } kind = Kind::kBadInput;
  core::Diagnostics why;
  int clips = 0;  // written all the same: clips are whole or not there
};

const std::vector<ImportTraits>& import_formats();

// Into a new dataset or one that is there, whose clips stay. Clips that are there already are
// passed over, so that an import can be run again. Errors of input: those of all clips, in order.
tl::expected<ImportSummary, ImportError> import_dataset(const std::filesystem::path& source,
                                                        const ImportTraits& format,
                                                        const std::filesystem::path& dataset,
                                                        const capture::Ontology& ontology,
                                                        const std::string& software,
                                                        const ImportProgress& progress = {});

}  // namespace oddroad::exchange
