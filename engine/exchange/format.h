// What every format on the way out is made of. The frame (export.h) reads the dataset clip by clip,
// hands out frames to all cores and keeps the order; a format says what a clip's frames are and
// writes them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/capture/ontology.h"
#include "engine/core/result.h"
#include "engine/dataset/reader.h"
#include "engine/exchange/class_names.h"
#include "engine/exchange/output_tree.h"

namespace oddroad::exchange {

// What a user may choose for any format.
struct Thresholds {
  double min_visibility = 0;          // visible share of the outline inside the image
  std::int64_t min_lidar_points = 0;  // inside the 3-D box
};

// A clip on its way out.
struct ExportClip {
  dataset::ClipReader reader;
  std::string name;   // "<scenario>/<index>-<short id>"
  std::string split;  // "train"
};

// Numbers by what they count.
struct Tally {
  std::map<std::string, std::int64_t> counts, losses;
};

// What comes of the export: numbers for the user, and what LOST.md tells beside the format's own
// list. Thread-safe; order of calls does not matter.
class ExportNotes {
 public:
  void count(const std::string& what, std::int64_t n = 1);
  void lost(const std::string& what, std::int64_t n = 1);
  void add(const Tally& tally);
  [[nodiscard]] std::map<std::string, std::int64_t> counts() const { return all_.counts; }
  [[nodiscard]] std::map<std::string, std::int64_t> losses() const { return all_.losses; }

  // While it lives, what this thread notes goes to `tally` as well.
  class Scope {
   public:
    Scope(ExportNotes& notes, Tally& tally);
    ~Scope();
    Scope(const Scope&) = delete;

   private:
    ExportNotes& notes_;
    Tally* before_;
  };

 private:
  void note(std::map<std::string, std::int64_t> Tally::*list, const std::string& what,
            std::int64_t n);
  std::mutex mutex_;
  Tally all_;
  std::map<std::thread::id, Tally*> scopes_;
};

// Outlives every object of the format.
struct FormatContext {
  const std::filesystem::path& dataset;
  const capture::Ontology& ontology;
  const ClassNames& classes;
  const Thresholds& thresholds;
  const std::vector<std::string>& splits;  // names, in the user's order
  OutputTree& out;
  ExportNotes& notes;
};

using InOrder = std::function<core::Result<void>()>;

// One clip in a format.
class ClipExport {
 public:
  virtual ~ClipExport() = default;
  [[nodiscard]] virtual std::size_t frames() const = 0;
  // Does all of a frame that needs no other frame, files of its own included; several at once, on
  // any thread. What it returns (may be empty) is called in the order of frames, never two at once.
  virtual core::Result<InOrder> write(std::size_t frame) = 0;
  // In order, behind the last frame of the clip.
  virtual core::Result<void> close() { return {}; }

  // For exports that were killed and go on: what of the clip lives in memory only once it is
  // closed, as one line of text. Files are on the disk, and what open() does is done again. None:
  // the format cannot go on.
  [[nodiscard]] virtual std::optional<std::string> keep() const { return std::nullopt; }
  // Stands for all write() and close() of a clip that an earlier run closed. In order.
  virtual core::Result<void> restore(const std::string& /*kept*/) { return {}; }
};

class Format {
 public:
  virtual ~Format() = default;
  // In the order of clips, while frames of clips before may still be written.
  virtual core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) = 0;
  // Behind everything else.
  virtual core::Result<void> close() = 0;
};

struct FormatTraits {
  std::string name;     // of --to
  std::string summary;  // one line for --help
  // Names that --classes may give; empty: any. `keeps_classes`: the format holds our own numbers
  // and takes no names.
  std::vector<std::string> class_names;
  bool keeps_classes = false;
  std::function<std::string(const capture::OntologyClass&)> usual_name;  // "none": left out
  bool sees_images = true, sees_lidar = true;  // which thresholds mean something
  bool has_splits = true;                      // --split means something
  std::vector<std::string> lost;               // what the format cannot hold; empty: nothing
  std::function<std::unique_ptr<Format>(const FormatContext&)> make;
};

}  // namespace oddroad::exchange
