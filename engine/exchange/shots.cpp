#include "engine/exchange/shots.h"

#include <cstdio>

#include "engine/dataset/layout.h"
#include "engine/exchange/captures.h"

namespace oddroad::exchange {
namespace {

std::string file_name(const ExportClip& clip, const std::string& camera, int tick) {
  std::string name = clip.name + "_" + camera;
  for (char& c : name) {
    if (c == '/' || c == '.') c = '_';
  }
  char digits[16];
  std::snprintf(digits, sizeof digits, "_%06d", tick);
  return name + digits;
}

core::Result<void> need_masks(const dataset::ClipReader& clip, const Shot& shot,
                              const std::string& format) {
  for (const char* suffix : {dataset::kIdsFile, dataset::kClassesFile}) {
    const std::string file = dataset::capture_file(shot.camera, shot.tick, suffix);
    if (!clip.has(file)) {
      return core::fail_at({(clip.folder() / file).string()},
                           "missing: " + format + " needs masks of things and classes",
                           "record 'ids' and 'classes' in the scenario");
    }
  }
  return {};
}

}  // namespace

core::Result<std::vector<Shot>> list_shots(const ExportClip& clip, const std::string& format,
                                           bool masks) {
  std::vector<Shot> shots;
  const auto& reader = clip.reader;
  for (const auto& camera : reader.calibration().cameras) {
    for (const int tick : reader.ticks(camera.name)) {
      if (!has_picture(reader, camera.name, tick)) continue;
      shots.push_back({camera.name, tick, file_name(clip, camera.name, tick)});
    }
  }
  if (shots.empty()) {
    return core::fail_at({reader.folder().string()},
                         "there are no pictures: " + format + " needs colour images",
                         "record 'rgb' in the scenario");
  }
  if (masks) {
    if (auto good = need_masks(reader, shots.front(), format); !good) {
      return core::forward_error(good);
    }
  }
  return shots;
}

bool is_seen(const capture::ObjectInImage& object, const Thresholds& thresholds) {
  return object.visible_px > 0 &&
         static_cast<double>(object.visible_px) >=
             thresholds.min_visibility * static_cast<double>(object.in_frame_px);
}

}  // namespace oddroad::exchange
