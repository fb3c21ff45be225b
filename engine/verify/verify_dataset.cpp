#include <algorithm>

#include "engine/verify/check_ontology.h"
#include "engine/verify/readers.h"
#include "engine/verify/verify.h"

namespace oddroad::verify {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFormatVersion = 4;

core::Result<std::vector<fs::path>> clip_folders(const fs::path& dataset) {
  std::vector<fs::path> clips;
  std::error_code error;
  if (!fs::exists(dataset / "clips")) return clips;
  for (const auto& scenario : fs::directory_iterator(dataset / "clips", error)) {
    if (!scenario.is_directory()) continue;
    for (const auto& clip : fs::directory_iterator(scenario.path(), error)) {
      if (clip.is_directory()) clips.push_back(clip.path());
    }
  }
  if (error) return core::fail_at({dataset.string()}, "cannot be listed: " + error.message());
  std::sort(clips.begin(), clips.end());
  return clips;
}

}  // namespace

core::Result<DatasetReport> verify_dataset(const fs::path& dataset, const Options& options,
                                           const std::function<void(const ClipReport&)>& progress) {
  const auto header = read_dataset(dataset / "dataset.json");
  if (!header) return core::forward_error(header);
  if (header->format != "oddroad" || header->version != kFormatVersion) {
    return core::fail_at({(dataset / "dataset.json").string()},
                         "dataset format '" + header->format + "' version " +
                             std::to_string(header->version) + "; this software proves version " +
                             std::to_string(kFormatVersion));
  }
  const auto clips = clip_folders(dataset);
  if (!clips) return core::forward_error(clips);
  DatasetReport out;
  check_ontology(*header, options.installed ? &*options.installed : nullptr, out.total);
  for (const fs::path& folder : *clips) {
    ClipReport clip = verify_clip(folder, header->ontology, options);
    clip.clip = folder.lexically_relative(dataset).generic_string();
    out.total.merge(clip.report, clip.clip + "/");
    progress(clip);
    out.clips.push_back(std::move(clip));
  }
  return out;
}

}  // namespace oddroad::verify
