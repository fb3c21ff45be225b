// Where the output of a farm lies. It alone decides what is done: clips, and notes beside them that
// say who tried what. A folder (here) or a bucket (bucket_output.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/dataset/clip_info.h"
#include "engine/dataset/dataset_header.h"

namespace oddroad::farm {

enum class ClipState {
  kDone,
  kSetAside,  // and not done
  kMissing,
  kDamaged,  // there, but not as its manifest says
};

enum class SurveyDepth {
  kPresence,  // a manifest is there: for a quick look
  kSizes,     // it is this clip's, and all files have their sizes
  kHashes,    // and their contents
};

struct Note {
  std::string name;             // below the output, '/' between folders
  std::int64_t changed_ms = 0;  // since 1970
};

// A note that grows, of one process.
class Journal {
 public:
  virtual ~Journal() = default;
  // `lasting`: outlives a crash of the machine when it returns.
  virtual core::Result<void> append(const std::string& text, bool lasting) = 0;
  // Shows others that its process lives.
  virtual void touch() = 0;
};

// May be used from several threads and processes at once.
class Output {
 public:
  virtual ~Output() = default;
  // As people name it.
  [[nodiscard]] virtual std::string place() const = 0;
  // False after an error that passes by itself: run again.
  [[nodiscard]] virtual bool reachable() const = 0;
  // Makes the dataset, or joins the one that is there. Errors: as dataset::open_for_writing.
  virtual core::Result<void> open(const dataset::DatasetHeader& header) = 0;

  // Of each clip, kSetAside apart. Errors: cannot look.
  [[nodiscard]] virtual core::Result<std::vector<ClipState>> look(
      const std::vector<dataset::ClipIdentity>& clips, SurveyDepth depth) const = 0;
  // dataset::clip_hash. Errors: it is not there.
  [[nodiscard]] virtual core::Result<std::string> clip_hash(
      const dataset::ClipIdentity& clip) const = 0;
  // Takes a clip out of the dataset and keeps it aside. Errors: it is not there, cannot write.
  virtual core::Result<void> quarantine(const dataset::ClipIdentity& clip) = 0;

  // Where a clip that is not done stopped between two ticks, as people read it ("stopped at tick 17
  // of 40"); empty: nowhere.
  [[nodiscard]] virtual std::string stopped_at(const dataset::ClipIdentity& clip) const = 0;
  // Removes what is kept of clips that stopped so.
  virtual void drop_partial(const dataset::ClipIdentity& clip) = 0;

  // Nothing: there is no such note.
  [[nodiscard]] virtual core::Result<std::optional<std::string>> read(
      const std::string& name) const = 0;
  // Whole or not at all.
  virtual core::Result<void> write(const std::string& name, const std::string& text) = 0;
  // All below a folder, in any order.
  [[nodiscard]] virtual core::Result<std::vector<Note>> list(const std::string& folder) const = 0;
  // Goes on with what is there of this name.
  virtual core::Result<std::unique_ptr<Journal>> journal(const std::string& name) = 0;
};

std::unique_ptr<Output> folder_output(const std::filesystem::path& folder);

}  // namespace oddroad::farm
