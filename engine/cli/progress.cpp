#include "engine/cli/progress.h"

#include <algorithm>

namespace oddroad::cli {

ProgressBar::ProgressBar(const Context& context, std::size_t clips)
    : context_(context), clips_(clips), start_(std::chrono::steady_clock::now()) {}

ProgressBar::~ProgressBar() { erase(); }

double ProgressBar::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void ProgressBar::capture(double share_of_clip) {
  const std::scoped_lock lock(mutex_);
  ++captures_;
  work_ += share_of_clip;
  if (seconds() - drawn_at_ > 0.2) draw();
}

void ProgressBar::clip(const std::string& name, const std::string& outcome) {
  const std::scoped_lock lock(mutex_);
  ++ended_;
  erase();
  std::fprintf(context_.err, "%s: %s (%zu of %zu clips, %.1f frames/s)\n", name.c_str(),
               outcome.c_str(), ended_, clips_,
               static_cast<double>(captures_) / std::max(seconds(), 1e-3));
  draw();
}

void ProgressBar::say(const std::string& line) {
  const std::scoped_lock lock(mutex_);
  erase();
  std::fprintf(context_.err, "%s\n", line.c_str());
  draw();
}

void ProgressBar::erase() {
  if (context_.terminal && drawn_at_ >= 0) std::fputs("\r\x1b[K", context_.err);
}

void ProgressBar::draw() {
  if (!context_.terminal) return;
  drawn_at_ = seconds();
  const double done = std::clamp(work_ / static_cast<double>(std::max<std::size_t>(clips_, 1)),
                                 0.0, 1.0);
  std::string bar(30, ' ');
  std::fill_n(bar.begin(), static_cast<std::size_t>(done * 30), '=');
  const double left = done > 0.01 ? drawn_at_ * (1 - done) / done : 0;
  std::fprintf(context_.err, "\r\x1b[K[%s] clip %zu/%zu  %.1f frames/s  %s%.0f s left",
               bar.c_str(), std::min(ended_ + 1, clips_), clips_,
               static_cast<double>(captures_) / std::max(drawn_at_, 1e-3),
               done > 0.01 ? "" : "? ", left);
  std::fflush(context_.err);
}

}  // namespace oddroad::cli
