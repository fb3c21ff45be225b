#include "engine/exchange/import.h"

#include <atomic>
#include <mutex>

#include "engine/core/parallel.h"
#include "engine/dataset/clip_writer.h"
#include "engine/dataset/dataset_header.h"
#include "engine/exchange/kitti_import.h"
#include "engine/exchange/nuscenes_import.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Kind = ImportError::Kind;

core::Result<void> write(dataset::ClipWriter& writer, const ImportedCapture& capture) {
  if (const auto* sweep = std::get_if<capture::LidarFrame>(&capture)) return writer.write(*sweep);
  if (const auto* cycle = std::get_if<capture::RadarFrame>(&capture)) return writer.write(*cycle);
  const auto& picture = std::get<ImportedPicture>(capture);
  const auto done = writer.write(picture.frame);
  return done ? writer.write_picture(picture.frame.stamp, picture.bytes, picture.jpeg) : done;
}

// What became of one clip.
struct Outcome {
  core::Diagnostics wrong;    // with the source
  core::Diagnostics failure;  // to write
};

class Run {
 public:
  Run(ImportSource& source, const fs::path& dataset, const ImportProgress& progress)
      : source_(source), dataset_(dataset), progress_(progress), outcomes_(source.clips()) {}

  void all() {
    if (progress_.started) progress_.started(source_.clips());
    core::parallel_for(source_.clips(), [&](std::size_t k) {
      if (!stop_) clip(k);
    });
  }

  [[nodiscard]] tl::expected<ImportSummary, ImportError> result() const {
    ImportError error{Kind::kBadInput, {}, summary_.clips};
    for (const Outcome& one : outcomes_) {
      if (one.failure.has_errors()) error = {Kind::kCannotWrite, one.failure, summary_.clips};
      if (error.kind == Kind::kCannotWrite) return tl::unexpected(error);
      error.why.append(one.wrong);
    }
    if (interrupted_) error.kind = Kind::kInterrupted;
    if (interrupted_ || error.why.has_errors()) return tl::unexpected(error);
    return summary_;
  }

 private:
  void clip(std::size_t k) {
    Outcome& outcome = outcomes_[k];
    const auto read = source_.read(k);
    if (!read) {
      outcome.wrong = read.error();
      return;
    }
    if (dataset::clip_is_complete(dataset_, read->info.identity)) {
      const std::scoped_lock lock(mutex_);
      ++summary_.present;
      tell(k, 0);
      return;
    }
    auto writer = dataset::ClipWriter::create(
        dataset_, read->info, read->calibration,
        {"# " + read->info.summary + ": there is no scenario to render it from.\n", {}},
        read->timeline);
    if (!writer) return fail(outcome, writer.error());
    for (std::size_t c = 0; c < read->captures && !stop_; ++c) {
      const auto capture = read->capture(c);
      if (!capture) {
        outcome.wrong.append(capture.error());
      } else if (!outcome.wrong.has_errors()) {
        if (const auto done = write(*writer, *capture); !done) return fail(outcome, done.error());
      }
    }
    if (stop_ || outcome.wrong.has_errors()) return;
    if (const auto commit = writer->commit(); !commit) return fail(outcome, commit.error());
    const std::scoped_lock lock(mutex_);
    ++summary_.clips;
    summary_.captures += static_cast<int>(read->captures);
    tell(k, read->captures);
  }

  void fail(Outcome& outcome, const core::Diagnostics& why) {
    outcome.failure = why;
    stop_ = true;
  }

  void tell(std::size_t k, std::size_t captures) {
    if (progress_.clip && !progress_.clip(source_.name(k), captures)) interrupted_ = stop_ = true;
  }

  ImportSource& source_;
  const fs::path& dataset_;
  const ImportProgress& progress_;
  std::vector<Outcome> outcomes_;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;  // guards the summary and progress
  ImportSummary summary_;
  bool interrupted_ = false;
};

}  // namespace

const std::vector<ImportTraits>& import_formats() {
  static const std::vector<ImportTraits> all = {kitti_import(), nuscenes_import()};
  return all;
}

tl::expected<ImportSummary, ImportError> import_dataset(const fs::path& source,
                                                        const ImportTraits& format,
                                                        const fs::path& dataset,
                                                        const capture::Ontology& ontology,
                                                        const std::string& software,
                                                        const ImportProgress& progress) {
  ExportNotes notes;
  const auto opened = format.open(source, {ontology, software, notes});
  if (!opened) return tl::unexpected(ImportError{Kind::kBadInput, opened.error()});
  const auto target = dataset::open_for_writing(dataset, {software, ontology});
  if (!target) return tl::unexpected(ImportError{Kind::kCannotWrite, target.error()});
  Run run(**opened, dataset, progress);
  run.all();
  auto result = run.result();
  if (result) {
    result->counts = notes.counts();
    result->losses = notes.losses();
  }
  return result;
}

}  // namespace oddroad::exchange
