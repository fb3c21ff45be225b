// `oddroad export`: a dataset in another format. Frames are made on all cores with a bounded number
// of them in memory; equal datasets give equal bytes. The result appears whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/exchange/format.h"
#include "engine/exchange/selection.h"
#include "engine/exchange/split.h"

namespace oddroad::exchange {

struct ExportOptions {
  std::vector<SplitShare> split = {{"train", 0.8}, {"val", 0.2}};
  Thresholds thresholds;
  std::string classes;             // YAML file (class_names.h); empty: the format's own table
  std::optional<ClipList> select;  // none: all clips
};

// Called in order, never two at once. `frame` returns false to stop.
struct ExportProgress {
  std::function<void(std::size_t clips)> started;
  std::function<bool(double share_of_clip)> frame;
  std::function<void(const std::string& clip, std::size_t frames)> clip;
};

struct ExportSummary {
  int clips = 0;
  int frames = 0;
  int kept_clips = 0;                          // of them, those that an earlier run had written
  std::map<std::string, std::int64_t> counts;  // what else the format counts: "objects"
  std::map<std::string, std::int64_t> losses;  // what was left out and why, as in LOST.md
};

struct ExportError {
  enum class Kind { kBadInput, kCannotWrite, kInterrupted } kind = Kind::kBadInput;
  core::Diagnostics why;
  std::filesystem::path kept;  // where finished clips wait for the same export; empty: nowhere
};

// Every format that export knows, in the order of the README.
const std::vector<FormatTraits>& formats();

// `out` must be new or an empty folder. What an export of the same clips with the same options left
// beside it that was interrupted, killed or out of room is taken up: clips that were finished are
// not written again. With the format's files comes LOST.md: what the format cannot hold and what
// was left out (unless that is nothing).
tl::expected<ExportSummary, ExportError> export_dataset(const std::filesystem::path& dataset,
                                                        const FormatTraits& format,
                                                        const std::filesystem::path& out,
                                                        const ExportOptions& options = {},
                                                        const ExportProgress& progress = {});

}  // namespace oddroad::exchange
