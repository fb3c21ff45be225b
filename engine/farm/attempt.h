// One attempt at one clip by a renderer that runs, watched.
#pragma once

#include <functional>
#include <string>

#include "engine/farm/ledger.h"
#include "engine/farm/renderer.h"
#include "engine/farm/work.h"

namespace oddroad::farm {

struct AttemptWatch {
  double tick_limit_s = 600;
  double grace_s = 90;
  std::function<StopLevel()> stop;
  std::function<void()> frame;                   // a capture is done
  std::function<void(const std::string&)> told;  // where the clip goes on, and such
  std::function<void()> beat;                    // every half a minute
};

struct Attempted {
  AttemptNote note;
  bool cannot_write = false;  // with kStopped: the output's doing
};

// `number`: of the clip in the plan. Returns when the clip ended, however: a renderer that hangs or
// must stop at once is killed. One that must stop with a clip that, at its pace so far, would take
// longer than the grace is told to pause; what grace is left is for that.
Attempted attempt(Renderer& renderer, std::size_t number, const AttemptWatch& watch);

// Waits until a renderer that was just started takes clips. Errors: it says that it cannot work
// here, it died, it takes too long; "stopped" where the watch says kNow.
core::Result<void> wait_until_ready(Renderer& renderer, const AttemptWatch& watch);

}  // namespace oddroad::farm
