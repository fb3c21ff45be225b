// How long clips take and how large they are: measured on one clip of each scenario, used to cut a
// plan into tasks, shown as a table.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/farm/plan.h"

namespace oddroad::farm {

struct Probe {
  std::string scenario;
  double seconds = 0;       // of one clip, on this machine as it is
  double core_seconds = 0;  // of the same clip, over all threads
  std::int64_t frames = 0;  // captures of the whole clip
  bool whole = true;        // false: cut off, times are scaled up by captures
  std::map<std::string, std::uint64_t> bytes_by_kind;  // of the whole clip; empty if cut off
};

// Clips of each scenario in order; `clips_per_task` 0: as many as fill `task_seconds` by the
// probes, one at least. Tasks hold clips of several scenarios where those are short. The longest
// tasks come first.
std::vector<PlanTask> cut_tasks(const std::vector<PlanClip>& clips,
                                const std::vector<Probe>& probes, double task_seconds,
                                std::size_t clips_per_task);

// "rgb.png" of "front/000003.rgb.png", "clip" of what describes a clip.
std::string file_kind(const std::string& name_in_clip);

// Frames per core-hour by scenario, storage per 1,000 frames by kind, and what a million frames
// cost of both.
std::string sizing_table(const std::vector<Probe>& probes);

}  // namespace oddroad::farm
