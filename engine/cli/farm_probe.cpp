#include "engine/cli/farm_probe.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <utility>

#include <sys/resource.h>

#include "engine/cli/interrupt.h"
#include "engine/dataset/dataset_header.h"
#include "engine/dataset/manifest.h"

namespace oddroad::cli {
namespace {

namespace fs = std::filesystem;

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Of all threads of this process.
double core_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// The clip goes once it is weighed.
core::Result<farm::Probe> with_storage(farm::Probe probe, const fs::path& clip) {
  const auto manifest = dataset::read_manifest(clip);
  if (!manifest) return core::forward_error(manifest);
  for (const auto& [name, entry] : manifest->files) {
    probe.bytes_by_kind[farm::file_kind(name)] += entry.bytes;
  }
  std::error_code ignored;
  fs::remove_all(clip, ignored);
  return probe;
}

}  // namespace

core::Result<ProbeFolder> ProbeFolder::create(const capture::Ontology& ontology) {
  std::string path = (fs::temp_directory_path() / "oddroad-probe-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) return core::fail_at({path}, "cannot create folder");
  ProbeFolder folder;
  folder.path_ = path;
  const auto opened = dataset::open_for_writing(path, {ODDROAD_VERSION, ontology});
  if (!opened) return core::forward_error(opened);
  return folder;
}

ProbeFolder::~ProbeFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

ProbeFolder::ProbeFolder(ProbeFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

Prober::Prober(const capture::Ontology& ontology, const pipeline::BackEnds& back_ends,
               fs::path folder, double limit_s)
    : ontology_(ontology), back_ends_(back_ends), folder_(std::move(folder)), limit_s_(limit_s) {}

core::Result<farm::Probe> Prober::run(const pipeline::ScenarioSetup& setup, std::uint64_t seed,
                                      std::uint32_t index) {
  const double wall = wall_seconds(), cores = core_seconds();
  std::atomic<std::int64_t> captures = 0, done = 0;
  double drawn_s = 0, drawn_core_s = 0;
  pipeline::ClipProgress progress;
  progress.started = [&](std::size_t n) {
    captures = static_cast<std::int64_t>(n);
    drawn_s = wall_seconds() - wall;
    drawn_core_s = core_seconds() - cores;
  };
  progress.captured = [&] {
    ++done;
    return !interrupted() && (done == captures || wall_seconds() - wall < limit_s_);
  };
  const pipeline::ClipTask task{&setup, seed, index, folder_, &ontology_, &levels_};
  const auto commit = pipeline::make_clip(task, back_ends_, models_, progress);
  const double share =
      static_cast<double>(std::max<std::int64_t>(captures, 1)) / std::max<double>(1, done);
  farm::Probe probe{setup.scenario.name};
  probe.frames = captures;
  probe.whole = commit.has_value();
  const double spent = wall_seconds() - wall, spent_core = core_seconds() - cores;
  probe.seconds = commit ? spent : drawn_s + (spent - drawn_s) * share;
  probe.core_seconds = commit ? spent_core : drawn_core_s + (spent_core - drawn_core_s) * share;
  if (commit) return with_storage(probe, commit->folder);
  if (commit.error().kind != pipeline::ClipFailure::Kind::kInterrupted) {
    return tl::unexpected(commit.error().why);
  }
  return probe;
}

}  // namespace oddroad::cli
