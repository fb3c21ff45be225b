// A renderer as a process of its own: what kills it leaves us alive to tell. It holds the map, the
// models and the devices from one clip to the next.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "engine/core/result.h"
#include "engine/farm/events.h"

namespace oddroad::farm {

class Renderer {
 public:
  // `command`: program and arguments; it reads clips on its standard input, tells events on
  // descriptor kEventDescriptor, and gets a process group of its own, so that a terminal's Ctrl-C
  // reaches only us. Errors: cannot start.
  static core::Result<Renderer> start(const std::vector<std::string>& command);
  ~Renderer();  // kills what still runs
  Renderer(Renderer&& other) noexcept;
  Renderer& operator=(Renderer&& other) noexcept;

  // False: it is gone (next() says so, too).
  bool send(const std::string& line);

  // Waits up to `milliseconds` for an event. Nothing: none came, or the process has ended.
  std::optional<RendererEvent> next(int milliseconds);
  [[nodiscard]] bool ended() const { return pid_ < 0; }
  // Of a process that has ended: as waitpid gives it.
  [[nodiscard]] int wait_status() const { return status_; }
  void kill();
  // The last of what it said on its standard output and error since the last call of this.
  std::string take_log();

 private:
  Renderer() = default;
  void reap();
  void look_whether_ended();

  pid_t pid_ = -1;
  int to_ = -1, from_ = -1;
  int status_ = 0;
  std::FILE* log_ = nullptr;
  long log_read_ = 0;
  std::string pending_;  // of lines
};

// "signal 11 (Segmentation fault)", "exit code 70".
std::string end_text(int wait_status);

}  // namespace oddroad::farm
