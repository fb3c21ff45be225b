#include "engine/exchange/export.h"

#include <atomic>
#include <thread>

#include <nlohmann/json.hpp>

#include "engine/core/parallel.h"
#include "engine/core/sha256.h"
#include "engine/dataset/file_io.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Kind = ExportError::Kind;

// A clip whose frames are being handed out.
struct OpenClip {
  std::shared_ptr<ClipExport> clip;
  std::string name;
  std::shared_ptr<Tally> tally = std::make_shared<Tally>();
  std::size_t next = 0;
};

// A line of the journal: a clip that is finished.
struct Finished {
  std::string clip, kept;
  Tally tally;
};

std::string encode(const Finished& one) {
  return Json{{"clip", one.clip},
              {"kept", one.kept},
              {"counts", one.tally.counts},
              {"losses", one.tally.losses}}
      .dump();
}

// Our own lines: of the right key, and ended.
Finished decode(const std::string& line) {
  const Json json = Json::parse(line);
  return {json.at("clip"), json.at("kept"), {json.at("counts"), json.at("losses")}};
}

class Run {
 public:
  Run(const std::vector<fs::path>& clips, Format& format, const FormatContext& context,
      const ExportOptions& options, const ExportProgress& progress)
      : folders_(clips),
        format_(format),
        context_(context),
        options_(options),
        progress_(progress) {}

  void all() {
    if (progress_.started) progress_.started(folders_.size());
    const auto threads = std::max(1u, std::thread::hardware_concurrency());
    core::run_in_order(threads + 2, [this] {
      return next();
    });
  }

  [[nodiscard]] int clips() const { return clips_; }
  [[nodiscard]] int frames() const { return frames_; }
  [[nodiscard]] int kept() const { return kept_; }
  // A later run can go on from here.
  [[nodiscard]] bool can_go_on() const { return journaled_ && clips_ > 0; }
  // What an earlier run left is not what its journal says.
  [[nodiscard]] bool unusable() const { return unusable_; }
  [[nodiscard]] bool interrupted() const { return interrupted_; }
  [[nodiscard]] const core::Diagnostics& why() const { return why_; }

 private:
  using Work = std::function<core::LastStep()>;

  Work next() {
    while (!stop_) {
      if (!open_ && next_clip_ == folders_.size()) return {};
      if (!open_) {
        if (auto opened = open_next(); !opened) return failed(opened.error());
      } else if (open_->next < open_->clip->frames()) {
        return frame(*open_, open_->next++);
      } else {
        const OpenClip ended = std::move(*open_);
        open_.reset();
        return close(ended);
      }
    }
    return {};
  }

  core::Result<void> open_next() {
    const fs::path& folder = folders_[next_clip_++];
    auto reader = dataset::ClipReader::open(folder);
    if (!reader) return core::forward_error(reader);
    auto clip = std::make_shared<ExportClip>();
    clip->reader = std::move(*reader);
    clip->name = clip_name(folder);
    clip->split = split_of(clip->name, options_.split);
    // A clip that goes on is opened again: what is noted here belongs to no finished one, on
    // whatever thread.
    Tally again;
    const ExportNotes::Scope scope(context_.notes, again);
    auto opened = format_.open(clip);
    if (!opened) return core::forward_error(opened);
    if (const auto k = static_cast<std::size_t>(kept_); k < context_.out.journal().size()) {
      return go_on(**opened, decode(context_.out.journal()[k]));
    }
    open_ = OpenClip{std::move(*opened), clip->name};
    return {};
  }

  // Clips of an earlier run come first: nothing else is under way.
  core::Result<void> go_on(ClipExport& clip, const Finished& earlier) {
    auto done = clip.restore(earlier.kept);
    unusable_ = !done;
    if (!done) return done;
    context_.notes.add(earlier.tally);
    ++kept_;
    ++clips_;
    frames_ += static_cast<int>(clip.frames());
    if (progress_.clip) progress_.clip(earlier.clip, clip.frames());
    return {};
  }

  Work frame(const OpenClip& of, std::size_t k) {
    return [this, clip = of.clip, tally = of.tally, k]() -> core::LastStep {
      if (stop_) return {};
      auto written = [&] {
        const ExportNotes::Scope scope(context_.notes, *tally);
        return clip->write(k);
      }();
      return [this, clip, tally, written = std::move(written)] {
        if (stop_) return;
        const ExportNotes::Scope scope(context_.notes, *tally);
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
        const ExportNotes::Scope scope(context_.notes, *ended.tally);
        if (const auto done = ended.clip->close(); !done) return fail(done.error());
        ++clips_;
        if (const auto done = note(ended); !done) return fail(done.error());
        if (progress_.clip) progress_.clip(ended.name, ended.clip->frames());
      };
    };
  }

  core::Result<void> note(const OpenClip& ended) {
    const auto kept = ended.clip->keep();
    journaled_ = journaled_ && kept;
    if (!journaled_) return {};
    return context_.out.note(encode({ended.name, *kept, *ended.tally}));
  }

  // In its turn: the first problem in the order of the dataset is the one told.
  Work failed(const core::Diagnostics& why) {
    next_clip_ = folders_.size();
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

  const std::vector<fs::path>& folders_;
  Format& format_;
  const FormatContext& context_;
  const ExportOptions& options_;
  const ExportProgress& progress_;
  std::size_t next_clip_ = 0;
  std::optional<OpenClip> open_;
  std::atomic<bool> stop_ = false;
  bool interrupted_ = false, journaled_ = true, unusable_ = false;
  core::Diagnostics why_;
  int clips_ = 0, frames_ = 0, kept_ = 0;
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

// What two exports have in common when one can go on with the other's files: everything that
// decides about bytes, and the start of the machine, which a crash of it does not survive.
std::string key_of(const fs::path& dataset, const FormatTraits& format,
                   const std::vector<fs::path>& clips, const ExportOptions& options) {
  core::Sha256 key;
  const auto add = [&](const std::string& text) {
    key.update(std::to_string(text.size()) + ":" + text);
  };
  add(ODDROAD_VERSION);
  add(format.name);
  for (const auto& [name, share] : options.split) add(name + " " + std::to_string(share));
  add(std::to_string(options.thresholds.min_visibility));
  add(std::to_string(options.thresholds.min_lidar_points));
  const fs::path files[] = {options.classes, dataset / "dataset.json",
                            "/proc/sys/kernel/random/boot_id"};
  for (const auto& file : files) add(dataset::read_file(file).value_or(""));
  for (const auto& clip : clips) add(clip_name(clip) + dataset::clip_hash(clip).value_or(""));
  return key.hex();
}

tl::unexpected<ExportError> fail(Kind kind, const core::Diagnostics& why,
                                 const fs::path& kept = {}) {
  return tl::unexpected(ExportError{kind, why, kept});
}

}  // namespace

void ExportNotes::note(std::map<std::string, std::int64_t> Tally::*list, const std::string& what,
                       std::int64_t n) {
  const std::scoped_lock lock(mutex_);
  (all_.*list)[what] += n;
  const auto it = scopes_.find(std::this_thread::get_id());
  if (it != scopes_.end() && it->second != nullptr) (it->second->*list)[what] += n;
}
void ExportNotes::count(const std::string& what, std::int64_t n) {
  note(&Tally::counts, what, n);
}
void ExportNotes::lost(const std::string& what, std::int64_t n) {
  if (n > 0) note(&Tally::losses, what, n);
}
void ExportNotes::add(const Tally& tally) {
  for (const auto& [what, n] : tally.counts) count(what, n);
  for (const auto& [what, n] : tally.losses) lost(what, n);
}

// A thread that waits inside one frame may take up another: scopes nest.
ExportNotes::Scope::Scope(ExportNotes& notes, Tally& tally) : notes_(notes) {
  const std::scoped_lock lock(notes_.mutex_);
  before_ = std::exchange(notes_.scopes_[std::this_thread::get_id()], &tally);
}
ExportNotes::Scope::~Scope() {
  const std::scoped_lock lock(notes_.mutex_);
  notes_.scopes_[std::this_thread::get_id()] = before_;
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
  std::vector<fs::path> clips = reader->clips();
  if (options.select) {
    auto chosen = select_clips(*reader, *options.select);
    if (!chosen) return fail(Kind::kBadInput, chosen.error());
    clips = std::move(*chosen);
  }
  ClassNames classes(reader->ontology(), format.usual_name);
  if (!options.classes.empty()) {
    const auto read = classes.replace(options.classes, reader->ontology(), format.class_names);
    if (!read) return fail(Kind::kBadInput, read.error());
  }
  auto tree = OutputTree::create(out, key_of(dataset, format, clips, options));
  if (!tree) return fail(Kind::kCannotWrite, tree.error());
  std::vector<std::string> splits;
  for (const auto& one : options.split) splits.push_back(one.name);
  ExportNotes notes;
  const FormatContext context{
      dataset, reader->ontology(), classes, options.thresholds, splits, **tree, notes};
  auto target = format.make(context);
  Run run(clips, *target, context, options, progress);
  run.all();
  if (run.unusable()) {  // it goes with the tree, and all begins anew
    target.reset();
    tree->reset();
    return export_dataset(dataset, format, out, options, progress);
  }
  const auto keep = [&] {
    return run.can_go_on() ? (*tree)->keep().value_or("") : fs::path();
  };
  if (run.interrupted()) return fail(Kind::kInterrupted, {}, keep());
  core::Diagnostics why = run.why();
  if (!why.has_errors()) {
    auto done = target->close();
    const bool lossy = !format.lost.empty() || !notes.losses().empty();
    if (done && lossy) done = (*tree)->put("LOST.md", lost_text(format, notes));
    if (done) done = (*tree)->commit();
    if (!done) why = done.error();
  }
  if (why.has_errors()) {
    if (!(*tree)->failed()) return fail(Kind::kBadInput, why);
    return fail(Kind::kCannotWrite, why, keep());
  }
  return ExportSummary{run.clips(), run.frames(), run.kept(), notes.counts(), notes.losses()};
}

}  // namespace oddroad::exchange
