#include "engine/dataset/reader.h"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "engine/dataset/calibration_json.h"
#include "engine/dataset/exr.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/jpeg.h"
#include "engine/dataset/layout.h"
#include "engine/dataset/pcd.h"
#include "engine/dataset/png.h"
#include "engine/dataset/radar_pcd.h"
#include "engine/dataset/rays_npy.h"
#include "engine/dataset/series_npy.h"
#include "engine/dataset/timeline_npy.h"

namespace oddroad::dataset {
namespace {

namespace fs = std::filesystem;

// read_file, then decode(bytes, file name).
template <typename T, typename Decode>
core::Result<T> load(const fs::path& path, Decode&& decode) {
  const auto bytes = read_file(path);
  if (!bytes) return core::forward_error(bytes);
  return decode(*bytes, path.string());
}

// The states know no names: clip.json has them, in the same order.
core::Result<void> name_actors(const ClipInfo& info, const fs::path& clip,
                               world::Timeline& timeline) {
  if (timeline.actors.size() != info.actors.size()) {
    return core::fail_at({(clip / "timeline.npy").string()},
                         "has " + std::to_string(timeline.actors.size()) +
                             " actors, clip.json has " + std::to_string(info.actors.size()));
  }
  for (std::size_t i = 0; i < info.actors.size(); ++i) {
    const ActorInfo& known = info.actors[i];
    world::Actor& actor = timeline.actors[i];
    actor.id = known.id;
    actor.name = known.name;
    actor.type = known.type;
    actor.class_id = known.class_id;
    actor.rides = known.rides;
    if (known.is_ego) timeline.ego = i;
  }
  timeline.environment = info.environment;
  for (const auto& event : info.events) timeline.events.push_back({event.stamp_ns, event.what});
  timeline.facts = info.facts;
  return {};
}

template <typename T>
std::pair<int, int> size_of(const capture::Image<T>& image) {
  return {image.width_px, image.height_px};
}
std::pair<int, int> size_of(const capture::FlowImage& flow) {
  return size_of(flow.occlusion);
}

core::Result<void> check_size(const std::string& file, int width, int height, int want_width,
                              int want_height) {
  if (width == want_width && height == want_height) return {};
  return core::fail_at({file}, "is " + std::to_string(width) + " x " + std::to_string(height) +
                                   " pixels, the calibration says " + std::to_string(want_width) +
                                   " x " + std::to_string(want_height));
}

}  // namespace

core::Result<ClipReader> ClipReader::open(const fs::path& clip) {
  if (!fs::exists(clip / "manifest.json")) {
    return core::fail_at({clip.string()}, "not a complete clip: there is no manifest.json");
  }
  auto manifest = read_manifest(clip);
  if (!manifest) return core::forward_error(manifest);
  auto info = load<ClipInfo>(clip / "clip.json", decode_clip_info);
  if (!info) return core::forward_error(info);
  auto calibration = load<capture::Calibration>(clip / "calibration.json", decode_calibration);
  if (!calibration) return core::forward_error(calibration);
  auto timeline = load<world::Timeline>(clip / "timeline.npy", decode_timeline);
  if (!timeline) return core::forward_error(timeline);
  if (auto named = name_actors(*info, clip, *timeline); !named) return core::forward_error(named);
  ClipReader reader;
  reader.folder_ = clip;
  reader.info_ = std::move(*info);
  reader.calibration_ = std::move(*calibration);
  reader.timeline_ = std::move(*timeline);
  reader.manifest_ = std::move(*manifest);
  return reader;
}

std::vector<int> ClipReader::ticks(const std::string& sensor) const {
  std::vector<int> ticks;
  const std::string prefix = sensor + "/";
  for (auto it = manifest_.files.lower_bound(prefix); it != manifest_.files.end(); ++it) {
    const std::string& name = it->first;
    if (name.compare(0, prefix.size(), prefix) != 0) break;
    int tick = 0;
    const char* end = name.data() + name.size();
    const auto parsed = std::from_chars(name.data() + prefix.size(), end, tick);
    if (parsed.ec == std::errc() && std::string(parsed.ptr, end) == kLabelsFile) {
      ticks.push_back(tick);
    }
  }
  std::sort(ticks.begin(), ticks.end());
  return ticks;
}

core::Result<FrameLabels> ClipReader::labels(const std::string& sensor, int tick) const {
  return load<FrameLabels>(folder_ / capture_file(sensor, tick, kLabelsFile), decode_labels);
}

core::Result<std::int64_t> ClipReader::stamp_ns(const std::string& sensor, int tick) const {
  const fs::path path = folder_ / capture_file(sensor, tick, kLabelsFile);
  // It stands at the top, and a file may have megabytes.
  std::string top(4096, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(top.data(), static_cast<std::streamsize>(top.size()));
  top.resize(static_cast<std::size_t>(in.gcount()));
  if (auto found = decode_stamp_ns(top, path.string())) return found;
  return load<std::int64_t>(path, decode_stamp_ns);
}

core::Result<capture::CameraFrame> ClipReader::camera(const std::string& sensor, int tick,
                                                      unsigned parts) const {
  const auto& cameras = calibration_.cameras;
  const auto it = std::find_if(cameras.begin(), cameras.end(), [&](const auto& camera) {
    return camera.name == sensor;
  });
  if (it == cameras.end()) {
    return core::fail_at({folder_.string()}, "there is no camera '" + sensor + "' in this clip");
  }
  auto labels = this->labels(sensor, tick);
  if (!labels) return core::forward_error(labels);
  capture::CameraFrame frame;
  frame.stamp = std::move(labels->stamp);
  frame.objects = std::move(labels->in_image);
  frame.world = std::move(labels->in_world);
  core::Diagnostics problems;
  const auto fill = [&](auto& image, const char* suffix, auto&& decode) {
    const std::string name = capture_file(sensor, tick, suffix);
    if (!has(name)) return;
    using Image = std::decay_t<decltype(image)>;
    auto loaded = load<Image>(folder_ / name, decode);
    if (!loaded) return problems.append(loaded.error());
    const auto [width, height] = size_of(*loaded);
    const auto fits = check_size((folder_ / name).string(), width, height, it->camera.width_px,
                                 it->camera.height_px);
    if (!fits) return problems.append(fits.error());
    image = std::move(*loaded);
  };
  const auto fill_flow = [&](capture::FlowImage& flow, const char* suffix,
                             const std::optional<FlowNeighbour>& to) {
    if (!to) return;
    fill(flow, suffix, decode_flow_exr);
    flow.to_tick = to->tick;
    flow.to_stamp_ns = to->stamp_ns;
  };
  frame.exposure = labels->exposure;
  frame.raw_format = labels->raw_format;
  frame.faults = std::move(labels->faults);
  if (parts & kRgbPart) {
    fill(frame.rgb, kRgbFile, decode_png_rgb);
    fill(frame.rgb, kRgbJpegFile, decode_jpeg);
  }
  frame.rgb_format.jpeg = has(capture_file(sensor, tick, kRgbJpegFile));
  if (parts & kIdsPart) fill(frame.instance, kIdsFile, decode_png16);
  if (parts & kClassesPart) fill(frame.class_id, kClassesFile, decode_png8);
  if (parts & kDepthPart) fill(frame.depth_m, kDepthFile, decode_depth_exr);
  if (parts == kAllParts) {
    fill(frame.raw, kRawFile, decode_png16);
    fill(frame.radiance, kRadianceFile, decode_radiance_exr);
    fill(frame.panoptic, kPanopticFile, decode_png_rgb);
    fill(frame.range_m, kRangeFile, decode_range_exr);
    fill(frame.normal, kNormalsFile, decode_normals_exr);
    fill_flow(frame.flow_forward, kFlowForwardFile, labels->flow_forward);
    fill_flow(frame.flow_backward, kFlowBackwardFile, labels->flow_backward);
    fill(frame.drivable, kDrivableFile, decode_png8);
    if (const std::string name = capture_file(sensor, tick, kLanesFile); has(name)) {
      auto lanes = load<std::vector<capture::LanePolyline>>(folder_ / name, decode_lanes);
      if (lanes) frame.lanes = std::move(*lanes);
      if (!lanes) problems.append(lanes.error());
    }
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return frame;
}

core::Result<capture::PointCloud> ClipReader::cloud(const std::string& sensor, int tick) const {
  return load<capture::PointCloud>(folder_ / capture_file(sensor, tick, kCloudFile), decode_pcd);
}

core::Result<capture::LidarFrame> ClipReader::lidar(const std::string& sensor, int tick) const {
  auto labels = this->labels(sensor, tick);
  if (!labels) return core::forward_error(labels);
  auto cloud = this->cloud(sensor, tick);
  if (!cloud) return core::forward_error(cloud);
  capture::LidarFrame frame{std::move(labels->stamp),
                            std::move(*cloud),
                            {},
                            std::move(labels->faults),
                            std::move(labels->in_world)};
  if (const std::string name = capture_file(sensor, tick, kRaysFile); has(name)) {
    auto rays = load<capture::LidarRays>(folder_ / name, decode_rays);
    if (!rays) return core::forward_error(rays);
    frame.rays = std::move(*rays);
  }
  return frame;
}

core::Result<capture::RadarFrame> ClipReader::radar(const std::string& sensor, int tick) const {
  auto labels = this->labels(sensor, tick);
  if (!labels) return core::forward_error(labels);
  auto detections = load<std::vector<capture::RadarDetection>>(
      folder_ / capture_file(sensor, tick, kCloudFile), decode_radar_pcd);
  if (!detections) return core::forward_error(detections);
  capture::RadarFrame frame;
  frame.stamp = std::move(labels->stamp);
  frame.detections = std::move(*detections);
  if (labels->tracks) frame.tracks = std::move(*labels->tracks);
  frame.world = std::move(labels->in_world);
  return frame;
}

core::Result<capture::MotionRecords> ClipReader::motion() const {
  capture::MotionRecords out;
  core::Diagnostics problems;
  const auto take = [&](const std::string& name, auto& into, auto&& decode) {
    auto loaded = load<std::decay_t<decltype(into)>>(folder_ / name, decode);
    if (!loaded) return problems.append(loaded.error());
    into = std::move(*loaded);
  };
  const capture::MotionCalibration& sensors = calibration_.motion;
  for (const auto& s : sensors.imus) {
    if (!has(imu_file(s.name))) continue;
    take(imu_file(s.name), out.imus.emplace_back(capture::ImuSeries{s.name, {}}).samples,
         decode_imu);
  }
  for (const auto& s : sensors.gnss) {
    if (!has(gnss_file(s.name))) continue;
    auto& series = out.gnss.emplace_back(capture::GnssSeries{{s.name, {}}, {}});
    take(gnss_file(s.name), series.samples, decode_gnss);
    take(satellites_file(s.name), series.satellites, decode_satellites);
  }
  for (const auto& s : sensors.navigations) {
    if (!has(navigation_file(s.name))) continue;
    take(navigation_file(s.name),
         out.navigations.emplace_back(capture::NavigationSeries{s.name, {}}).samples,
         decode_navigation);
  }
  for (const auto& s : sensors.odometries) {
    if (!has(odometry_file(s.name))) continue;
    take(odometry_file(s.name),
         out.odometries.emplace_back(capture::OdometrySeries{s.name, {}}).samples, decode_odometry);
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return out;
}

core::Result<DatasetReader> DatasetReader::open(const fs::path& dataset) {
  auto header = read_dataset_header(dataset);
  if (!header) return core::forward_error(header);
  DatasetReader reader;
  reader.header_ = std::move(*header);
  std::error_code error;
  if (!fs::exists(dataset / "clips")) return reader;
  for (const auto& scenario : fs::directory_iterator(dataset / "clips", error)) {
    if (!scenario.is_directory()) continue;
    for (const auto& clip : fs::directory_iterator(scenario.path(), error)) {
      if (clip.is_directory()) reader.clips_.push_back(clip.path());
    }
  }
  if (error) return core::fail_at({dataset.string()}, "cannot list: " + error.message());
  std::sort(reader.clips_.begin(), reader.clips_.end());
  return reader;
}

}  // namespace oddroad::dataset
