#include "engine/verify/load_clip.h"

#include <algorithm>
#include <charconv>

#include "engine/verify/frame_files.h"
#include "engine/verify/readers.h"

namespace oddroad::verify {
namespace {

namespace fs = std::filesystem;

// Keeps a value that could be read; books what could not.
template <typename T>
bool take(core::Result<T> read, const std::string& file, T& into, Check& check) {
  if (read) {
    into = std::move(*read);
    check.agree();
    return true;
  }
  check.disagree(1, [&] {
    return Disagreement{file, "", core::to_string(read.error()), "a file that can be read"};
  });
  return false;
}

// Ticks of a sensor by its label files on disk, whatever the manifest says.
std::vector<std::int64_t> ticks_of(const fs::path& folder) {
  std::vector<std::int64_t> ticks;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    std::int64_t tick = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), tick);
    if (parsed.ec == std::errc() && std::string(parsed.ptr) == ".json") ticks.push_back(tick);
  }
  std::sort(ticks.begin(), ticks.end());
  return ticks;
}

void read_frames(ClipContext& context, const std::string& sensor, Check& files) {
  auto& frames = context.frames[sensor];
  for (const std::int64_t tick : ticks_of(context.folder / sensor)) {
    const std::string file = frame_prefix(sensor, tick) + ".json";
    FrameRecord frame;
    if (!take(read_frame(context.folder / file), file, frame, files)) continue;
    frame.file = file;
    frame.file_tick = tick;
    frames.push_back(std::move(frame));
  }
}

}  // namespace

std::unique_ptr<ClipContext> load_clip(const fs::path& folder, const capture::Ontology& ontology,
                                       Report& report) {
  auto context = std::make_unique<ClipContext>();
  context->folder = folder;
  context->ontology = ontology;
  Check& files = report["files"];
  take(read_manifest(folder / "manifest.json"), "manifest.json", context->manifest, files);
  const bool clip = take(read_clip(folder / "clip.json"), "clip.json", context->clip, files);
  const bool calibration = take(read_calibration(folder / "calibration.json"), "calibration.json",
                                context->calibration, files);
  take(read_npy(folder / "timeline.npy"), "timeline.npy", context->timeline, files);
  if (!clip || !calibration) return nullptr;
  for (const CameraRecord& camera : context->calibration.cameras) {
    read_frames(*context, camera.name, files);
  }
  for (const LidarRecord& lidar : context->calibration.lidars) {
    read_frames(*context, lidar.name, files);
  }
  for (const capture::RadarCalibration& radar : context->calibration.radars) {
    read_frames(*context, radar.name, files);
  }
  auto rebuilt = rebuild_clip(folder, context->clip, ontology);
  if (!take(std::move(rebuilt), "scenario.yaml", context->rebuilt, report["rebuild"])) {
    return nullptr;
  }
  return context;
}

}  // namespace oddroad::verify
