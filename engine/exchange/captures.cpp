#include "engine/exchange/captures.h"

#include <algorithm>
#include <cstdlib>

#include "engine/dataset/file_io.h"
#include "engine/dataset/jpeg.h"
#include "engine/dataset/layout.h"
#include "engine/dataset/png.h"

namespace oddroad::exchange {

core::Result<std::vector<Tick>> capture_ticks(const dataset::ClipReader& clip,
                                              const std::string& sensor) {
  std::vector<Tick> out;
  if (sensor.empty()) return out;
  for (const int tick : clip.ticks(sensor)) {
    const auto stamp_ns = clip.stamp_ns(sensor, tick);
    if (!stamp_ns) return core::forward_error(stamp_ns);
    out.push_back({tick, *stamp_ns});
  }
  return out;
}

std::optional<Tick> nearest(const std::vector<Tick>& ticks, std::int64_t stamp_ns,
                            std::int64_t max_gap_ns) {
  std::optional<Tick> best;
  for (const auto& tick : ticks) {
    const auto gap = std::abs(tick.stamp_ns - stamp_ns);
    if (gap <= max_gap_ns && (!best || gap < std::abs(best->stamp_ns - stamp_ns))) best = tick;
  }
  return best;
}

bool has_picture(const dataset::ClipReader& clip, const std::string& camera, int tick) {
  return clip.has(dataset::capture_file(camera, tick, dataset::kRgbFile)) ||
         clip.has(dataset::capture_file(camera, tick, dataset::kRgbJpegFile));
}

Picture picture_of(const dataset::ClipReader& clip, const std::string& camera, int tick) {
  const std::string jpeg = dataset::capture_file(camera, tick, dataset::kRgbJpegFile);
  if (clip.has(jpeg)) return {clip.folder() / jpeg, true};
  return {clip.folder() / dataset::capture_file(camera, tick, dataset::kRgbFile), false};
}

core::Result<void> put_as_png(const Picture& picture, OutputTree& out, const std::string& name) {
  if (!picture.jpeg) return out.copy(name, picture.file);
  const auto bytes = dataset::read_file(picture.file);
  if (!bytes) return core::forward_error(bytes);
  const auto image = dataset::decode_jpeg(*bytes, picture.file.string());
  return image ? out.put(name, dataset::encode_png(*image)) : core::forward_error(image);
}

core::Result<void> need_pictures(const dataset::ClipReader& clip, const std::string& camera,
                                 const std::string& format) {
  const auto ticks = clip.ticks(camera);
  if (std::any_of(ticks.begin(), ticks.end(), [&](int tick) {
        return has_picture(clip, camera, tick);
      })) {
    return {};
  }
  return core::fail_at({(clip.folder() / camera).string()},
                       "there are no pictures: " + format + " needs colour images",
                       "record 'rgb' in the scenario");
}

}  // namespace oddroad::exchange
