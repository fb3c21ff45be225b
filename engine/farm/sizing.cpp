#include "engine/farm/sizing.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <numeric>

namespace oddroad::farm {
namespace {

std::string line(const char* format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

std::uint64_t total_bytes(const Probe& probe) {
  std::uint64_t sum = 0;
  for (const auto& [kind, bytes] : probe.bytes_by_kind) sum += bytes;
  return sum;
}

double frames_per_core_hour(const Probe& probe) {
  return static_cast<double>(probe.frames) / std::max(probe.core_seconds, 1e-6) * 3600;
}

std::string storage_lines(const std::vector<Probe>& probes) {
  std::map<std::string, std::uint64_t> kinds;
  std::int64_t frames = 0;
  for (const Probe& probe : probes) {
    if (probe.bytes_by_kind.empty()) continue;
    frames += probe.frames;
    for (const auto& [kind, bytes] : probe.bytes_by_kind) kinds[kind] += bytes;
  }
  if (frames == 0) return "";
  std::string out = "storage of 1,000 frames (MB):\n";
  std::uint64_t all = 0;
  for (const auto& [kind, bytes] : kinds) {
    out += line("  %-22s %10.2f\n", kind.c_str(),
                static_cast<double>(bytes) / static_cast<double>(frames) / 1e3);
    all += bytes;
  }
  return out + line("  %-22s %10.2f\n", "all",
                    static_cast<double>(all) / static_cast<double>(frames) / 1e3);
}

}  // namespace

std::vector<PlanTask> cut_tasks(const std::vector<PlanClip>& clips,
                                const std::vector<Probe>& probes, double task_seconds,
                                std::size_t clips_per_task) {
  std::vector<PlanTask> tasks;
  for (const PlanClip& clip : clips) {
    const double seconds = clip.scenario < probes.size() ? probes[clip.scenario].seconds : 0;
    const bool full =
        !tasks.empty() && (clips_per_task > 0 ? tasks.back().clips.size() >= clips_per_task
                                              : tasks.back().seconds + seconds > task_seconds);
    if (tasks.empty() || full) tasks.emplace_back();
    tasks.back().clips.push_back(clip);
    tasks.back().seconds += seconds;
  }
  std::stable_sort(tasks.begin(), tasks.end(), [](const PlanTask& a, const PlanTask& b) {
    return a.seconds > b.seconds;
  });
  return tasks;
}

std::string file_kind(const std::string& name) {
  const auto slash = name.find('/');
  if (slash == std::string::npos || name.starts_with("inputs/")) {
    // "<sensor>.imu.npy" is a series; clip.json, timeline.npy and the like describe the clip.
    const auto dot = name.find('.');
    const bool series = name.ends_with(".npy") && name.find('.', dot + 1) != std::string::npos;
    return slash == std::string::npos && series ? name.substr(dot + 1) : "clip";
  }
  const auto dot = name.find('.', slash);
  return dot == std::string::npos ? "other" : name.substr(dot + 1);
}

std::string sizing_table(const std::vector<Probe>& probes) {
  std::string out = line("%-40s %8s %10s %14s %12s\n", "scenario", "frames", "s a clip",
                         "frames/core-h", "MB/1,000 fr.");
  double core_hours = 0, megabytes = 0;
  int sized = 0;
  for (const Probe& probe : probes) {
    const double per_hour = frames_per_core_hour(probe);
    core_hours += 1e6 / per_hour;
    out += line("%-40s %8lld %9.2f%s %14.0f ", probe.scenario.c_str(),
                static_cast<long long>(probe.frames), probe.seconds, probe.whole ? " " : "*",
                per_hour);
    if (probe.bytes_by_kind.empty()) {
      out += line("%12s\n", "-");
      continue;
    }
    const double mb = static_cast<double>(total_bytes(probe)) /
                      static_cast<double>(std::max<std::int64_t>(probe.frames, 1)) / 1e3;
    megabytes += mb;
    ++sized;
    out += line("%12.1f\n", mb);
  }
  if (probes.empty()) return out;
  out += storage_lines(probes);
  out += line("a million frames, each scenario alike: %.0f core-hours",
              core_hours / static_cast<double>(probes.size()));
  if (sized > 0) out += line(", %.1f GB", megabytes / sized);
  out += "\n";
  if (std::any_of(probes.begin(), probes.end(), [](const Probe& p) {
        return !p.whole;
      })) {
    out += "* cut off after the probe's time and scaled up\n";
  }
  return out;
}

}  // namespace oddroad::farm
