#include "engine/farm/work.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "engine/farm/attempt.h"
#include "engine/farm/set_aside.h"

namespace oddroad::farm {
namespace {

constexpr int kStarts = 3;

// A clip with its number over all tasks, which is what renderers go by.
struct Numbered {
  PlannedClip clip;
  std::size_t number = 0;
};

// What the workers share.
struct Run {
  const Plan& plan;
  Output& out;
  const WorkOptions& options;
  const WorkProgress& progress;
  std::vector<Numbered> clips{};
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> halted = false;  // nothing works here
  std::mutex mutex{};                // guards the rest, and calls of progress
  Ledger ledger{};
  WorkSummary summary{};
};

class Worker {
 public:
  Worker(Run& run, int number) : run_(run), number_(number) {
    watch_.tick_limit_s = run.options.tick_limit_s;
    watch_.grace_s = run.options.grace_s;
    watch_.stop = [this] {
      return run_.halted ? StopLevel::kNow : run_.progress.stop();
    };
    watch_.frame = [this] {
      const std::scoped_lock lock(run_.mutex);
      run_.progress.frame(name_);
    };
    watch_.told = [this](const std::string& text) {
      const std::scoped_lock lock(run_.mutex);
      run_.progress.trouble(name_, text);
    };
    watch_.beat = [this] {
      if (log_) log_->beat();
    };
  }

  void work() {
    while (true) {
      const std::size_t k = run_.next++;
      if (k >= run_.clips.size()) return;
      if (watch_.stop() != StopLevel::kNone) return note_stop();
      if (!do_clip(run_.clips[k])) return;
    }
  }

 private:
  void note_stop() {
    const std::scoped_lock lock(run_.mutex);
    run_.summary.stopped = true;
  }

  bool halt(core::Diagnostics WorkSummary::*reason, const core::Diagnostics& why) {
    run_.halted = true;
    const std::scoped_lock lock(run_.mutex);
    run_.summary.stopped = true;
    if ((run_.summary.*reason).empty()) run_.summary.*reason = why;
    return false;
  }

  void count(int WorkSummary::*what, const std::string& told) {
    const std::scoped_lock lock(run_.mutex);
    ++(run_.summary.*what);
    run_.progress.clip(name_, told);
  }

  // False: no further clip.
  bool do_clip(const Numbered& clip) {
    name_ = run_.plan.name(clip.clip.clip);
    const auto looked = run_.out.look({run_.plan.identity(clip.clip.clip)}, SurveyDepth::kSizes);
    if (!looked) return halt(&WorkSummary::cannot_write, looked.error());
    if (looked->front() == ClipState::kDone) {
      count(&WorkSummary::were_there, "complete, skipped");
      return true;
    }
    const auto note = run_.out.read(set_aside_name(name_));
    if (!note) return halt(&WorkSummary::cannot_write, note.error());
    if (note->has_value()) {
      count(&WorkSummary::set_aside, "was set aside before");
      return true;
    }
    return try_until_done(clip);
  }

  bool try_until_done(const Numbered& clip) {
    AttemptNote last;
    while (true) {
      if (given_up()) return give_up(clip, last);
      const auto tried = try_clip(clip);
      if (!tried) return false;
      last = *tried;
      switch (last.end) {
        case AttemptEnd::kCommitted:
          count(&WorkSummary::made, std::to_string(last.frames) + " captures");
          return true;
        case AttemptEnd::kWasThere:
          count(&WorkSummary::were_there, "somebody else made it meanwhile");
          return true;
        case AttemptEnd::kDiffers:
          count(&WorkSummary::differing,
                "differs from the clip that is there: kept aside in " + last.why);
          return true;
        case AttemptEnd::kFailed:
          return give_up(clip, last);
        case AttemptEnd::kPaused:
          watch_.told(last.why);
          note_stop();
          return false;
        case AttemptEnd::kStopped:
          note_stop();
          return false;
        default:
          note_crash(last);
      }
    }
  }

  [[nodiscard]] bool given_up() {
    const std::scoped_lock lock(run_.mutex);
    const ClipHistory& history = run_.ledger.clips[name_];
    return history.crashes >= run_.options.crash_limit || history.lost >= run_.options.lost_limit;
  }

  void note_crash(const AttemptNote& note) {
    renderer_.reset();
    const std::scoped_lock lock(run_.mutex);
    ClipHistory& history = run_.ledger.clips[name_];
    ++(note.end == AttemptEnd::kKilled ? history.lost : history.crashes);
    run_.progress.trouble(name_, note.why);
  }

  bool give_up(const Numbered& clip, const AttemptNote& last) {
    SetAside why;
    {
      const std::scoped_lock lock(run_.mutex);
      why = {run_.ledger.clips[name_].crashes, run_.ledger.clips[name_].lost, last};
    }
    const auto written = write_set_aside(run_.out, run_.plan, clip.clip.clip, why);
    if (!written) return halt(&WorkSummary::cannot_write, written.error());
    count(&WorkSummary::set_aside, "set aside: " + reason_text(why));
    return true;
  }

  // One that dies while it starts, as of a machine that runs out of memory, is tried again.
  bool ready() {
    if (renderer_ && !renderer_->ended()) return true;
    core::Diagnostics why;
    for (int tries = 0; tries < kStarts; ++tries) {
      renderer_.reset();
      auto started = Renderer::start(run_.options.renderer);
      if (!started) return halt(&WorkSummary::unavailable, started.error());
      renderer_ = std::move(*started);
      const auto fine = wait_until_ready(*renderer_, watch_);
      if (fine) return true;
      if (watch_.stop() != StopLevel::kNone) {
        note_stop();
        return false;
      }
      why = fine.error();
      if (!renderer_->ended()) break;
    }
    return halt(&WorkSummary::unavailable, why);
  }

  bool open_log(std::uint32_t task) {
    if (log_ && task == log_task_) return true;
    auto opened = AttemptLog::open(run_.out, run_.plan, task, number_);
    if (!opened) return halt(&WorkSummary::cannot_write, opened.error());
    log_ = std::move(*opened);
    log_task_ = task;
    return true;
  }

  // Nothing: no further clip.
  std::optional<AttemptNote> try_clip(const Numbered& clip) {
    if (!ready() || !open_log(clip.clip.task)) return std::nullopt;
    if (const auto begun = log_->begin(name_); !begun) {
      halt(&WorkSummary::cannot_write, begun.error());
      return std::nullopt;
    }
    const Attempted tried = attempt(*renderer_, clip.number, watch_);
    // A full disk takes no note of it either, and the clip's fate does not hang on it.
    const auto noted = log_->end(name_, tried.note);
    if (tried.cannot_write) {
      halt(&WorkSummary::cannot_write, core::fail(tried.note.why).value());
      return std::nullopt;
    }
    if (!noted) halt(&WorkSummary::cannot_write, noted.error());
    return tried.note;
  }

  Run& run_;
  int number_;
  AttemptWatch watch_;
  std::string name_;  // of the clip at hand
  std::optional<Renderer> renderer_;
  std::optional<AttemptLog> log_;
  std::uint32_t log_task_ = 0;
};

std::vector<Numbered> in_order(const Plan& plan, const std::vector<PlannedClip>& clips,
                               const Ledger& ledger) {
  std::map<std::string, std::size_t> numbers;
  for (const PlannedClip& clip : plan.clips()) {
    numbers.emplace(plan.name(clip.clip), numbers.size());
  }
  std::vector<Numbered> out;
  for (const PlannedClip& clip : clips) out.push_back({clip, numbers.at(plan.name(clip.clip))});
  std::stable_partition(out.begin(), out.end(), [&](const Numbered& clip) {
    const auto it = ledger.clips.find(plan.name(clip.clip.clip));
    return it == ledger.clips.end() || !it->second.open;
  });
  return out;
}

core::Result<Ledger> ledger_of(const Output& out, const Plan& plan,
                               const std::vector<PlannedClip>& clips) {
  std::set<std::uint32_t> tasks;
  for (const PlannedClip& clip : clips) tasks.insert(clip.task);
  return tasks.size() == 1 ? read_ledger(out, plan, *tasks.begin()) : read_ledger(out, plan);
}

}  // namespace

WorkSummary work(const Plan& plan, const std::vector<PlannedClip>& clips, Output& out,
                 const WorkOptions& options, const WorkProgress& progress) {
  Run run{plan, out, options, progress};
  const auto ledger = ledger_of(out, plan, clips);
  if (!ledger) {
    run.summary.stopped = true;
    run.summary.cannot_write = ledger.error();
    return run.summary;
  }
  run.ledger = *ledger;
  run.clips = in_order(plan, clips, run.ledger);
  const auto one = [&](int number) {
    Worker(run, number).work();
  };
  std::vector<std::thread> threads;
  for (int w = 1; w < options.workers; ++w) threads.emplace_back(one, w);
  one(0);
  for (std::thread& thread : threads) thread.join();
  return run.summary;
}

}  // namespace oddroad::farm
