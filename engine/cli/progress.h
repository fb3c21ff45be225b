// Progress of a render: a bar on a terminal, plain lines elsewhere. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

#include "engine/cli/context.h"

namespace oddroad::cli {

class ProgressBar {
 public:
  ProgressBar(const Context& context, std::size_t clips);
  ~ProgressBar();

  // One more capture written; `share` of the clip it belongs to, for the estimate.
  void capture(double share_of_clip);
  // A clip ended: what became of it, in a few words.
  void clip(const std::string& name, const std::string& outcome);
  // A line above the bar.
  void say(const std::string& line);

 private:
  void draw();
  void erase();
  [[nodiscard]] double seconds() const;

  const Context& context_;
  std::mutex mutex_;
  std::size_t clips_ = 0;
  std::size_t ended_ = 0;
  std::size_t captures_ = 0;
  double work_ = 0;  // clips, fractions included
  std::chrono::steady_clock::time_point start_;
  double drawn_at_ = -1;
};

}  // namespace oddroad::cli
