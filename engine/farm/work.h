// Goes through clips of a plan on this machine: renders what is not there, gives up what nobody
// can make, stops when told.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/farm/ledger.h"
#include "engine/farm/output.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

// How urgently we are asked to end.
enum class StopLevel {
  kNone,
  kAfterClip,  // when the clip at hand is done or, one that would take longer than `grace_s`,
               // between two of its ticks; once `grace_s` has passed, at once
  kNow,
};

struct WorkOptions {
  std::vector<std::string> renderer;  // program and arguments (renderer.h)
  int workers = 1;                    // renderers at the same time
  double tick_limit_s = 600;          // without a capture: the renderer hangs
  double grace_s = 90;
  int crash_limit = 3;  // crashes of a clip's renderer until it is set aside
  int lost_limit = 10;  // machines lost and kills by the system until the same
};

// Called from all workers, one at a time.
struct WorkProgress {
  std::function<StopLevel()> stop;                // from all workers at once
  std::function<void(const std::string&)> frame;  // a capture of this clip is done
  std::function<void(const std::string& clip, const std::string& outcome)> clip;  // its end
  // Of a clip that goes on: that it is tried again, where it begins or stopped.
  std::function<void(const std::string& clip, const std::string& what)> trouble;
};

struct WorkSummary {
  int made = 0, were_there = 0, set_aside = 0, differing = 0;
  bool stopped = false;  // not all were looked at: run again
  // Why nothing works here: the output cannot be written, renderers do not start.
  core::Diagnostics cannot_write, unavailable;
};

// `clips`: in the order of work; those that another process seems to work on come last.
WorkSummary work(const Plan& plan, const std::vector<PlannedClip>& clips, Output& out,
                 const WorkOptions& options, const WorkProgress& progress);

}  // namespace oddroad::farm
