#include "engine/exchange/export.h"

#include <atomic>
#include <thread>

#include "engine/core/parallel.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Kind = ExportError::Kind;

std::string clip_name(const fs::path& folder) {
  return folder.parent_path().filename().string() + "/" + folder.filename().string();
}

// A clip whose frames are being handed out.
struct OpenClip {
  std::shared_ptr<ClipExport> clip;
  std::string name;
  std::size_t next = 0;
};

class Run {
 public:
  Run(const dataset::DatasetReader& dataset, Format& format, const ExportOptions& options,
      const ExportProgress& progress)
      : dataset_(dataset), format_(format), options_(options), progress_(progress) {}

  void all() {
    if (progress_.started) progress_.started(dataset_.clips().size());
    const auto threads = std::max(1u, std::thread::hardware_concurrency());
    core::run_in_order(threads + 2, [this] {
      return next();
    });
  }

  [[nodiscard]] int clips() const { return clips_; }
  [[nodiscard]] int frames() const { return frames_; }
  [[nodiscard]] bool interrupted() const { return interrupted_; }
  [[nodiscard]] const core::Diagnostics& why() const { return why_; }

 private:
  using Work = std::function<core::LastStep()>;

  Work next() {
    while (!stop_) {
      if (!open_ && next_clip_ == dataset_.clips().size()) return {};
      if (!open_) {
        if (auto opened = open_next(); !opened) return failed(opened.error());
      } else if (open_->next < open_->clip->frames()) {
        return frame(open_->clip, open_->next++);
      } else {
        const OpenClip ended = std::move(*open_);
        open_.reset();
        return close(ended);
      }
    }
    return {};
  }

  core::Result<void> open_next() {
    const fs::path& folder = dataset_.clips()[next_clip_++];
    auto reader = dataset::ClipReader::open(folder);
    if (!reader) return core::forward_error(reader);
    auto clip = std::make_shared<ExportClip>();
    clip->reader = std::move(*reader);
    clip->name = clip_name(folder);
    clip->split = split_of(clip->name, options_.split);
    auto opened = format_.open(clip);
    if (!opened) return core::forward_error(opened);
    open_ = OpenClip{std::move(*opened), clip->name};
    return {};
  }

  Work frame(const std::shared_ptr<ClipExport>& clip, std::size_t k) {
    return [this, clip, k]() -> core::LastStep {
      if (stop_) return {};
      auto written = clip->write(k);
      return [this, clip, written = std::move(written)] {
        if (stop_) return;
        if (!written) return fail(written.error());
        if (*written) {
          if (const auto done = (*written)(); !done) return fail(done.error());
        }
        ++frames_;
        if (progress_.frame && !progress_.frame(1.0 / static_cast<double>(clip->frames()))) {
          interrupted_ = stop_ = true;
        }
      };
    };
  }

  Work close(const OpenClip& ended) {
    return [this, ended]() -> core::LastStep {
      return [this, ended] {
        if (stop_) return;
        if (const auto done = ended.clip->close(); !done) return fail(done.error());
        ++clips_;
        if (progress_.clip) progress_.clip(ended.name, ended.clip->frames());
      };
    };
  }

  // In its turn: the first problem in the order of the dataset is the one told.
  Work failed(const core::Diagnostics& why) {
    next_clip_ = dataset_.clips().size();
    return [this, why]() -> core::LastStep {
      return [this, why] {
        if (!stop_) fail(why);
      };
    };
  }
  void fail(const core::Diagnostics& why) {
    why_ = why;
    stop_ = true;
  }

  const dataset::DatasetReader& dataset_;
  Format& format_;
  const ExportOptions& options_;
  const ExportProgress& progress_;
  std::size_t next_clip_ = 0;
  std::optional<OpenClip> open_;
  std::atomic<bool> stop_ = false;
  bool interrupted_ = false;
  core::Diagnostics why_;
  int clips_ = 0, frames_ = 0;
};

std::string lost_text(const FormatTraits& format, const ExportNotes& notes) {
  std::string text =
      "# What is not here\n\nThe dataset holds more than the format '" + format.name + "' can:\n\n";
  for (const auto& one : format.lost) text += "- " + one + "\n";
  const auto losses = notes.losses();
  if (losses.empty()) return text;
  text += "\nLeft out of this export:\n\n";
  for (const auto& [what, n] : losses) text += "- " + std::to_string(n) + " " + what + "\n";
  return text;
}

core::Result<void> check(const FormatTraits& format, const ExportOptions& options) {
  if (format.keeps_classes && !options.classes.empty()) {
    return core::fail("--classes: '" + format.name + "' holds the dataset's own classes",
                      "leave it out");
  }
  if (!format.sees_images && options.thresholds.min_visibility > 0) {
    return core::fail("--min-visibility: '" + format.name + "' holds no objects in images",
                      "leave it out");
  }
  if (!format.sees_lidar && options.thresholds.min_lidar_points > 0) {
    return core::fail("--min-lidar-points: '" + format.name + "' holds no LiDAR points",
                      "leave it out");
  }
  return {};
}

tl::unexpected<ExportError> fail(Kind kind, const core::Diagnostics& why) {
  return tl::unexpected(ExportError{kind, why});
}

}  // namespace

void ExportNotes::count(const std::string& what, std::int64_t n) {
  const std::scoped_lock lock(mutex_);
  counts_[what] += n;
}
void ExportNotes::lost(const std::string& what, std::int64_t n) {
  const std::scoped_lock lock(mutex_);
  if (n > 0) lost_[what] += n;
}

tl::expected<ExportSummary, ExportError> export_dataset(const fs::path& dataset,
                                                        const FormatTraits& format,
                                                        const fs::path& out,
                                                        const ExportOptions& options,
                                                        const ExportProgress& progress) {
  if (auto good = check(format, options); !good) return fail(Kind::kBadInput, good.error());
  const auto reader = dataset::DatasetReader::open(dataset);
  if (!reader) return fail(Kind::kBadInput, reader.error());
  if (reader->clips().empty()) {
    return fail(Kind::kBadInput,
                core::Diagnostics({core::Severity::kError, {dataset.string()}, "has no clips"}));
  }
  ClassNames classes(reader->ontology(), format.usual_name);
  if (!options.classes.empty()) {
    const auto read = classes.replace(options.classes, reader->ontology(), format.class_names);
    if (!read) return fail(Kind::kBadInput, read.error());
  }
  auto tree = OutputTree::create(out);
  if (!tree) return fail(Kind::kCannotWrite, tree.error());
  std::vector<std::string> splits;
  for (const auto& one : options.split) splits.push_back(one.name);
  ExportNotes notes;
  const FormatContext context{
      reader->ontology(), classes, options.thresholds, splits, **tree, notes};
  const auto target = format.make(context);
  Run run(*reader, *target, options, progress);
  run.all();
  if (run.interrupted()) return fail(Kind::kInterrupted, {});
  core::Diagnostics why = run.why();
  if (!why.has_errors()) {
    auto done = target->close();
    if (done) done = (*tree)->put("LOST.md", lost_text(format, notes));
    if (done) done = (*tree)->commit();
    if (!done) why = done.error();
  }
  if (why.has_errors()) {
    return fail((*tree)->failed() ? Kind::kCannotWrite : Kind::kBadInput, why);
  }
  return ExportSummary{run.clips(), run.frames(), notes.counts(), notes.losses()};
}

}  // namespace oddroad::exchange
