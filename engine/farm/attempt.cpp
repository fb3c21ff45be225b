#include "engine/farm/attempt.h"

#include <chrono>
#include <optional>

#include <signal.h>
#include <sys/wait.h>

namespace oddroad::farm {
namespace {

using Clock = std::chrono::steady_clock;
using Kind = RendererEvent::Kind;

constexpr int kLookMs = 200;
constexpr double kBeatSeconds = 30;
// Of the grace that is left: in what a clip must be expected to end in order to go on; how long one
// may go on of which nothing is known yet.
constexpr double kEndsIn = 0.7, kUnknown = 0.3;

double since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// How it ended, or nothing: it goes on.
std::optional<AttemptEnd> end_of(const RendererEvent& event) {
  switch (event.kind) {
    case Kind::kCommitted:
      return AttemptEnd::kCommitted;
    case Kind::kWasThere:
      return AttemptEnd::kWasThere;
    case Kind::kDiffers:
      return AttemptEnd::kDiffers;
    case Kind::kPaused:
      return AttemptEnd::kPaused;
    case Kind::kFailed:
      return AttemptEnd::kFailed;
    case Kind::kCannotWrite:
    case Kind::kUnavailable:
      return AttemptEnd::kStopped;
    default:
      return std::nullopt;
  }
}

void describe_death(Renderer& renderer, AttemptNote& note) {
  const int status = renderer.wait_status();
  note.end = AttemptEnd::kCrashed;
  if (WIFSIGNALED(status)) {
    note.signal = WTERMSIG(status);
    if (note.signal == SIGKILL) note.end = AttemptEnd::kKilled;
  } else {
    note.exit_code = WEXITSTATUS(status);
  }
  note.why = "the renderer ended with " + end_text(status) + " after " +
             std::to_string(note.frames) + " captures";
  note.log = renderer.take_log();
}

class Attempt {
 public:
  Attempt(Renderer& renderer, const AttemptWatch& watch) : renderer_(renderer), watch_(watch) {}

  Attempted run(std::size_t number) {
    number_ = number;
    renderer_.take_log();
    renderer_.send(std::to_string(number));
    while (!step()) {
    }
    out_.note.seconds = since(begin_);
    return out_;
  }

 private:
  // True at the end.
  bool step() {
    const auto event = renderer_.next(kLookMs);
    if (event && take(*event)) return true;
    if (!event && renderer_.ended()) {
      describe_death(renderer_, out_.note);
      return true;
    }
    if (since(beat_) > kBeatSeconds) {
      beat_ = Clock::now();
      watch_.beat();
    }
    if (since(sign_) > watch_.tick_limit_s) {
      return kill(AttemptEnd::kHung, "no capture for " + std::to_string(watch_.tick_limit_s) +
                                         " s after " + std::to_string(out_.note.frames) +
                                         " captures");
    }
    return must_stop() && kill(AttemptEnd::kStopped, "told to stop");
  }

  bool take(const RendererEvent& event) {
    sign_ = Clock::now();
    if (event.kind == Kind::kFrames) {
      frames_ = event.frames;
      rendering_ = sign_;
    } else if (event.kind == Kind::kFrame) {
      ++out_.note.frames;
      watch_.frame();
    } else if (event.kind == Kind::kResumed || event.kind == Kind::kNote) {
      if (event.kind == Kind::kResumed) out_.note.taken_over = event.frames;
      out_.note.told += (out_.note.told.empty() ? "" : "; ") + event.text;
      watch_.told(event.text);
    }
    const auto end = end_of(event);
    if (!end) return false;
    out_.note.end = *end;
    out_.note.why = event.text;
    out_.cannot_write = event.kind == Kind::kCannotWrite;
    if (*end == AttemptEnd::kFailed) out_.note.log = renderer_.take_log();
    return true;
  }

  bool must_stop() {
    const StopLevel level = watch_.stop();
    if (level == StopLevel::kNone) return false;
    if (!asked_) asked_ = Clock::now();
    if (!paused_ && !may_end_in_time()) {
      paused_ = true;
      renderer_.send(pause_line(number_));
    }
    return level == StopLevel::kNow || since(*asked_) > watch_.grace_s;
  }

  // The clip, in the grace that is left, at its pace so far.
  [[nodiscard]] bool may_end_in_time() const {
    const double waited = since(*asked_);
    if (out_.note.frames == 0 || frames_ == 0) return waited < kUnknown * watch_.grace_s;
    const auto left = static_cast<double>(frames_ - out_.note.taken_over - out_.note.frames);
    const double pace = since(rendering_) / static_cast<double>(out_.note.frames);
    return left * pace < kEndsIn * (watch_.grace_s - waited);
  }

  bool kill(AttemptEnd end, const std::string& why) {
    renderer_.kill();
    out_.note.end = end;
    out_.note.why = why;
    out_.note.log = renderer_.take_log();
    return true;
  }

  Renderer& renderer_;
  const AttemptWatch& watch_;
  Attempted out_;
  std::size_t number_ = 0;
  std::int64_t frames_ = 0;  // captures of the clip; 0: not known yet
  bool paused_ = false;      // it was told to
  Clock::time_point begin_ = Clock::now(), sign_ = begin_, beat_ = begin_, rendering_ = begin_;
  std::optional<Clock::time_point> asked_;
};

}  // namespace

Attempted attempt(Renderer& renderer, std::size_t number, const AttemptWatch& watch) {
  return Attempt(renderer, watch).run(number);
}

core::Result<void> wait_until_ready(Renderer& renderer, const AttemptWatch& watch) {
  const auto begin = Clock::now();
  while (true) {
    if (const auto event = renderer.next(kLookMs)) {
      if (event->kind == Kind::kReady) return {};
      if (event->kind == Kind::kUnavailable) return core::fail(event->text);
    }
    if (renderer.ended()) {
      return core::fail("the renderer ended with " + end_text(renderer.wait_status()) +
                        " before it took a clip: " + renderer.take_log());
    }
    if (watch.stop() == StopLevel::kNow) return core::fail("stopped");
    if (since(begin) > watch.tick_limit_s) return core::fail("the renderer does not start");
  }
}

}  // namespace oddroad::farm
