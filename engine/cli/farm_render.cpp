#include <atomic>
#include <charconv>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include <sys/prctl.h>
#include <unistd.h>

#include "engine/cli/farm.h"
#include "engine/cli/farm_machine.h"
#include "engine/cli/farm_run.h"
#include "engine/core/memory.h"
#include "engine/core/parallel.h"
#include "engine/dataset/dataset_header.h"
#include "engine/dataset/staging.h"
#include "engine/farm/events.h"
#include "engine/pipeline/clip_job.h"

namespace oddroad::cli {
namespace {

using farm::RendererEvent;
using Kind = RendererEvent::Kind;

// Several threads tell captures.
class Teller {
 public:
  void operator()(const RendererEvent& event) {
    const std::string line = farm::encode(event) + "\n";
    const std::scoped_lock lock(mutex_);
    std::string_view rest = line;
    while (!rest.empty()) {
      const ssize_t told = ::write(farm::kEventDescriptor, rest.data(), rest.size());
      if (told < 0 && errno != EINTR) return;  // nobody listens: our input ends, too
      if (told > 0) rest.remove_prefix(static_cast<std::size_t>(told));
    }
  }

 private:
  std::mutex mutex_;
};

// The lines on our standard input (engine/farm/events.h), read beside the work.
class Orders {
 public:
  Orders()
      : reader_([this] {
          read();
        }) {}
  ~Orders() { reader_.join(); }  // the input must have ended

  // Waits for the next clip. Nothing: the input has ended.
  std::optional<std::size_t> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      return clip_ || ended_;
    });
    current_ = clip_.value_or(kNone);
    return std::exchange(clip_, std::nullopt);
  }
  // The clip at hand should stop between two ticks.
  [[nodiscard]] bool pause() const { return paused_ == current_; }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0}, kNothing = kNone - 1;

  void read() {
    constexpr std::string_view kPause = "pause ";
    for (std::string line; std::getline(std::cin, line);) {
      std::string_view number = line;
      const bool pause = number.starts_with(kPause);
      if (pause) number.remove_prefix(kPause.size());
      std::size_t clip = 0;
      const auto end = number.data() + number.size();
      if (std::from_chars(number.data(), end, clip).ptr != end) break;
      if (pause) {
        paused_ = clip;
      } else {
        const std::scoped_lock lock(mutex_);
        paused_ = kNothing;
        clip_ = clip;
        changed_.notify_one();
      }
    }
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    changed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::size_t> clip_;  // not taken yet: one is given at a time
  bool ended_ = false;
  std::atomic<std::size_t> current_ = kNone, paused_ = kNothing;
  std::thread reader_;  // last: reads all of the above
};

class PlanRenderer {
 public:
  PlanRenderer(const Context& context, const FarmRenderOptions& options, Teller& tell)
      : context_(context), options_(options), tell_(tell), scratch_(options.scratch) {}

  core::Result<void> prepare() {
    auto plan = farm::read_plan(options_.plan);
    if (!plan) return core::forward_error(plan);
    plan_ = std::move(*plan);
    clips_ = plan_.clips();
    if (auto found = find_bucket(); !found) return found;
    auto ontology = pipeline::load_ontology(context_.roots);
    if (!ontology) return core::forward_error(ontology);
    ontology_ = std::move(*ontology);
    auto machine = machine_of(plan_.header);
    if (!machine) return core::forward_error(machine);
    machine_ = std::move(*machine);
    auto back_ends = WorkerBackEnds::create(machine_);
    if (!back_ends) return core::forward_error(back_ends);
    back_ends_.emplace(std::move(*back_ends));
    return clean_scratch();
  }

  // `pause`: pipeline::ClipProgress.
  void render(std::size_t number, const std::function<bool()>& pause) {
    pause_ = pause;
    if (number >= clips_.size()) return tell_({Kind::kFailed, 0, "there is no such clip"});
    const farm::PlanClip& clip = clips_[number].clip;
    auto setup = setup_of(clip.scenario);
    if (!setup) return tell_({Kind::kFailed, 0, core::to_string(setup.error())});
    const auto commit = bucket_ ? make_for_bucket(clip, **setup)
                                : make(clip, **setup, options_.out, options_.scratch);
    core::give_back_freed_memory();
    if (!commit) {
      if (commit.error().kind == pipeline::ClipFailure::Kind::kPaused) {
        return tell_({Kind::kPaused, 0, commit.error().why.items().front().message});
      }
      const bool disk = commit.error().kind == pipeline::ClipFailure::Kind::kCannotWrite;
      return tell_(
          {disk ? Kind::kCannotWrite : Kind::kFailed, 0, core::to_string(commit.error().why)});
    }
    switch (commit->outcome) {
      case dataset::CommitOutcome::kCommitted:
        return tell_({Kind::kCommitted, 0, ""});
      case dataset::CommitOutcome::kAlreadyThere:
        return tell_({Kind::kWasThere, 0, ""});
      case dataset::CommitOutcome::kQuarantined:
        return tell_({Kind::kDiffers, 0, commit->folder.string()});
    }
  }

 private:
  using Made = tl::expected<dataset::Commit, pipeline::ClipFailure>;

  static Made cannot_write(const core::Diagnostics& why) {
    return tl::unexpected(pipeline::ClipFailure{pipeline::ClipFailure::Kind::kCannotWrite, why});
  }

  core::Result<void> find_bucket() {
    if (!s3::is_url(options_.out)) return {};
    auto bucket = bucket_at(options_.out);
    if (!bucket) return core::forward_error(bucket);
    bucket_ = std::move(*bucket);
    if (!scratch_.empty()) return {};
    std::error_code error;
    scratch_ =
        std::filesystem::temp_directory_path(error) / ("oddroad-" + std::to_string(::getuid()));
    if (error) return core::fail("TMPDIR is no folder: " + error.message(), "give --scratch");
    return {};
  }

  // What a renderer before us left there when it died.
  core::Result<void> clean_scratch() {
    if (scratch_.empty()) return {};
    const auto lock = dataset::StagingLock::take(scratch_);
    if (!lock) return core::forward_error(lock);
    return dataset::remove_stale_staging(scratch_, *lock);
  }

  core::Result<const pipeline::ScenarioSetup*> setup_of(std::uint32_t scenario) {
    if (const auto it = setups_.find(scenario); it != setups_.end()) return &it->second;
    auto setup = load_planned(plan_.header, plan_.header.scenarios[scenario], context_);
    if (!setup) return core::forward_error(setup);
    return &setups_.emplace(scenario, std::move(*setup)).first->second;
  }

  // It becomes whole in a dataset of its own on this machine, and goes into the bucket from there.
  Made make_for_bucket(const farm::PlanClip& clip, const pipeline::ScenarioSetup& setup) {
    const auto room = dataset::StagingFolder::create(scratch_);
    if (!room) return cannot_write(room.error());
    const Made made = make(clip, setup, room->path(), {});
    if (!made) return made;
    auto commit = bucket_->commit(made->folder, plan_.identity(clip));
    if (!commit) return cannot_write(commit.error());
    return std::move(*commit);
  }

  Made make(const farm::PlanClip& clip, const pipeline::ScenarioSetup& setup,
            const std::filesystem::path& out, const std::filesystem::path& scratch) {
    // Also sweeps what a renderer that died left in the dataset.
    const auto opened = dataset::open_for_writing(out, {ODDROAD_VERSION, ontology_});
    if (!opened) return cannot_write(opened.error());
    pipeline::ClipProgress progress;
    progress.started = [&](std::size_t n) {
      tell_({Kind::kFrames, static_cast<std::int64_t>(n), ""});
    };
    progress.captured = [&] {
      tell_({Kind::kFrame, 0, ""});
      return true;
    };
    pipeline::ClipTask task{&setup, clip.seed, clip.index, out, &ontology_, &levels_, scratch};
    // A bucket's clip grows in a place that goes with us.
    if (!bucket_) {
      task.maker = [&] {
        return maker_of(machine_);
      };
      progress.pause = pause_;
      progress.resumed = [&](std::size_t n, const std::string& text) {
        tell_({Kind::kResumed, static_cast<std::int64_t>(n), text});
      };
      progress.told = [&](const std::string& text) {
        tell_({Kind::kNote, 0, text});
      };
    }
    return pipeline::make_clip(task, back_ends_->get(), models_, progress);
  }

  const Context& context_;
  const FarmRenderOptions& options_;
  Teller& tell_;
  std::function<bool()> pause_;  // of the clip at hand
  std::filesystem::path scratch_;
  std::unique_ptr<farm::BucketOutput> bucket_;  // where output lies in one
  farm::Plan plan_;
  std::vector<farm::PlannedClip> clips_;
  capture::Ontology ontology_;
  Machine machine_;
  std::optional<WorkerBackEnds> back_ends_;
  sim::CatalogModels models_;
  asset::LevelCache levels_;
  std::map<std::uint32_t, pipeline::ScenarioSetup> setups_;
};

}  // namespace

int farm_render_command(const Context& context, const FarmRenderOptions& options) {
  // Who started us decides when we end; if it is gone, nobody does.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  std::optional<core::ThreadLimit> limit;
  if (options.threads > 0) limit.emplace(options.threads);
  Teller tell;
  PlanRenderer renderer(context, options, tell);
  if (const auto ready = renderer.prepare(); !ready) {
    tell({Kind::kUnavailable, 0, core::to_string(ready.error())});
    return kUnavailable;
  }
  tell({Kind::kReady, 0, ""});
  Orders orders;
  while (const auto number = orders.next()) {
    renderer.render(*number, [&] {
      return orders.pause();
    });
  }
  return kDone;
}

}  // namespace oddroad::cli
