#include "engine/exchange/nuscenes_scene.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "engine/dataset/layout.h"
#include "engine/dataset/png.h"
#include "engine/exchange/clip_sensors.h"
#include "engine/exchange/map_mask.h"
#include "engine/exchange/npz.h"
#include "engine/exchange/nuscenes_names.h"
#include "engine/exchange/nuscenes_radar.h"

namespace oddroad::exchange {
namespace {

constexpr std::int64_t kKeyframeNs = 500'000'000;
constexpr std::int64_t kMaxGapNs = 100'000'000;  // between a keyframe's sweep and other sensors
constexpr std::int64_t kUsualStartS = 1'577'836'800;  // 2020-01-01
constexpr double kMapMarginM = 60;
constexpr double kMapPixelM = 0.1;

std::string flat(std::string name) {
  for (char& c : name) {
    if (c == '/') c = '-';
  }
  return name;
}

}  // namespace

NuscenesScene::NuscenesScene(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
                             NuscenesTables& tables, int number, NuscenesThings things)
    : clip_(std::move(clip)), context_(context), tables_(tables), things_(std::move(things)) {
  char name[32];
  std::snprintf(name, sizeof name, "scene-%04d", number);
  name_ = name;
  math::Aabb way;
  for (const auto& state : timeline().actors[timeline().ego].states) {
    way.include(state.T_world_actor.translation);
  }
  origin_m_ = {std::floor(way.lower.x - kMapMarginM), std::floor(way.lower.y - kMapMarginM), 0};
  map_width_px_ = static_cast<int>((way.size().x + 2 * kMapMarginM + 2) / kMapPixelM);
  map_height_px_ = static_cast<int>((way.size().y + 2 * kMapMarginM + 2) / kMapPixelM);
}

core::Result<std::unique_ptr<NuscenesScene>> NuscenesScene::open(
    const std::shared_ptr<const ExportClip>& clip, const FormatContext& context,
    NuscenesTables& tables, int number, SceneTimes& times) {
  const auto seen = seen_by_lidars(clip->reader);
  if (!seen) return core::forward_error(seen);
  std::unique_ptr<NuscenesScene> out(new NuscenesScene(
      clip, context, tables, number, NuscenesThings(clip->reader.info(), *seen, context)));
  std::vector<std::string> left_out;
  out->channels_ = nuscenes_channels(out->clip_->reader.calibration(), left_out);
  for (const auto& sensor : left_out) {
    context.notes.lost("clips without '" + sensor +
                       "': no free channel looks its way, or its lens "
                       "is no pinhole");
  }
  if (auto listed = out->list_records(); !listed) return core::forward_error(listed);
  if (out->samples_.empty()) {
    return core::fail_at({out->clip_->reader.folder().string()},
                         "nuScenes needs a LiDAR with sweeps: its keyframes are sweeps",
                         "record 'lidar' in the scenario");
  }
  out->choose_start(times);
  out->name_records();
  return out;
}

core::Result<void> NuscenesScene::list_records() {
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    const NuscenesChannel& channel = channels_[c];
    const auto ticks = capture_ticks(clip_->reader, channel.sensor);
    if (!ticks) return core::forward_error(ticks);
    const std::size_t first = records_.size();
    for (const Tick& tick : *ticks) {
      if (channel.camera != nullptr && !has_picture(clip_->reader, channel.sensor, tick.tick)) {
        context_.notes.lost("frames of cameras without a picture");
        continue;
      }
      const std::int64_t stamp_ns =
          channel.lidar != nullptr ? sweep_end_ns(*channel.lidar, tick.stamp_ns) : tick.stamp_ns;
      records_.push_back({c, tick, stamp_ns});
    }
    if (channel.lidar != nullptr) choose_samples(*ticks);  // LIDAR_TOP is the first channel
    choose_keyframes(c, first, records_.size());
  }
  return {};
}

void NuscenesScene::choose_samples(const std::vector<Tick>& sweeps) {
  const auto& lidar = *channels_.front().lidar;
  for (const Tick& sweep : sweeps) {
    const std::int64_t stamp_ns = sweep_end_ns(lidar, sweep.stamp_ns);
    // A tenth of a period early counts: stamps are whole nanoseconds of an odd rate.
    if (!samples_.empty() &&
        stamp_ns - samples_.back().stamp_ns < kKeyframeNs - lidar.scan.sweep_ns / 10) {
      continue;
    }
    samples_.push_back({sweep, stamp_ns, token("sample/" + std::to_string(sweep.tick))});
  }
}

void NuscenesScene::choose_keyframes(std::size_t channel, std::size_t first, std::size_t last) {
  for (std::size_t s = 0; s < samples_.size(); ++s) {
    NuscenesRecord* best = nullptr;
    for (std::size_t r = first; r < last; ++r) {
      const auto gap = std::abs(records_[r].stamp_ns - samples_[s].stamp_ns);
      if (records_[r].keyframe || gap > kMaxGapNs) continue;
      if (best == nullptr || gap < std::abs(best->stamp_ns - samples_[s].stamp_ns)) {
        best = &records_[r];
      }
    }
    if (best == nullptr) {
      context_.notes.lost("samples without " + channels_[channel].channel + " near them");
      continue;
    }
    best->keyframe = true;
    best->sample = s;
    samples_[s].keyframes.push_back(static_cast<std::size_t>(best - records_.data()));
  }
  for (std::size_t r = first; r < last; ++r) {  // sweeps belong to the next sample
    if (records_[r].keyframe) continue;
    std::size_t s = 0;
    while (s + 1 < samples_.size() && samples_[s].stamp_ns < records_[r].stamp_ns) ++s;
    records_[r].sample = s;
  }
}

// Whole seconds, so that dates stay round, and one between two scenes.
void NuscenesScene::choose_start(SceneTimes& times) {
  std::int64_t last_ns = timeline().end_ns;
  for (const NuscenesRecord& record : records_) last_ns = std::max(last_ns, record.stamp_ns);
  const std::int64_t start_s = timeline().environment.start_utc_s;
  start_us_ = times.take((start_s != 0 ? start_s : kUsualStartS) * 1'000'000,
                         (last_ns / 1'000'000'000 + 2) * 1'000'000);
}

void NuscenesScene::name_records() {
  for (NuscenesRecord& record : records_) {
    const NuscenesChannel& channel = channels_[record.channel];
    record.token = token(channel.channel + "/" + std::to_string(record.tick.tick));
    const char* extension = ".pcd";
    if (channel.modality == Modality::kLidar) extension = ".pcd.bin";
    if (channel.modality == Modality::kCamera) {
      const bool jpeg = clip_->reader.has(
          dataset::capture_file(channel.sensor, record.tick.tick, dataset::kRgbJpegFile));
      extension = jpeg ? ".jpg" : ".png";
    }
    record.filename = (record.keyframe ? "samples/" : "sweeps/") + channel.channel + "/" +
                      flat(clip_->name) + "__" + channel.channel + "__" +
                      std::to_string(unix_us(record.stamp_ns)) + extension;
  }
}

core::Result<InOrder> NuscenesScene::write(std::size_t k) {
  const NuscenesRecord& record = records_[k];
  const NuscenesChannel& channel = channels_[record.channel];
  const auto& reader = clip_->reader;
  if (k == 0) {
    if (auto done = write_map(); !done) return core::forward_error(done);
  }
  if (channel.modality == Modality::kLidar) {
    std::vector<NuscenesBox> boxes;
    if (auto done = write_lidar(record, boxes); !done) return core::forward_error(done);
    if (!record.keyframe) return InOrder{};
    return [this, sample = record.sample, boxes = std::move(boxes)]() -> core::Result<void> {
      samples_[sample].boxes = boxes;
      return {};
    };
  }
  core::Result<void> done;
  if (channel.modality == Modality::kCamera) {
    done = context_.out.copy(record.filename,
                             picture_of(reader, channel.sensor, record.tick.tick).file);
  } else {
    const auto frame = reader.radar(channel.sensor, record.tick.tick);
    if (!frame) return core::forward_error(frame);
    done = context_.out.put(record.filename, encode_nuscenes_radar(frame->detections));
  }
  return done ? core::Result<InOrder>(InOrder{}) : core::forward_error(done);
}

core::Result<void> NuscenesScene::write_map() {
  const auto& info = clip_->reader.info();
  const std::string file = "inputs/" + info.map_name;
  capture::Image<std::uint8_t> mask(map_width_px_, map_height_px_);
  bool drawn = false;
  if (clip_->reader.has(file)) {
    const auto map = road::load_opendrive(clip_->reader.folder() / file);
    drawn = map.has_value();
    if (drawn) {
      mask = drivable_mask(
          *map, {info.T_map_world, origin_m_, kMapPixelM, map_width_px_, map_height_px_});
    }
  }
  if (!drawn) context_.notes.lost("scenes with a blank map: the clip has none that can be read");
  return context_.out.put("maps/" + token("map") + ".png", dataset::encode_png(mask));
}

core::Result<void> NuscenesScene::write_lidar(const NuscenesRecord& record,
                                              std::vector<NuscenesBox>& boxes) {
  const NuscenesChannel& channel = channels_[record.channel];
  const auto points = clip_->reader.cloud(channel.sensor, record.tick.tick);
  if (!points) return core::forward_error(points);
  const auto cloud = nuscenes_cloud(*points, record.tick.stamp_ns, *channel.lidar,
                                    timeline().actors[timeline().ego]);
  auto done = context_.out.put(record.filename, cloud.bytes());
  if (!done || !record.keyframe) return done;
  if (done = write_point_labels(record, *points, cloud); !done) return done;
  auto found = annotate(record, cloud);
  if (!found) return core::forward_error(found);
  boxes = std::move(*found);
  return {};
}

core::Result<void> NuscenesScene::write_point_labels(const NuscenesRecord& record,
                                                     const capture::PointCloud& points,
                                                     const NuscenesCloud& cloud) {
  std::string lidarseg;
  std::vector<std::uint16_t> panoptic;
  lidarseg.reserve(cloud.index.size());
  panoptic.reserve(cloud.index.size());
  for (const std::size_t i : cloud.index) {
    NuscenesThings::PointLabel label;
    if (capture::has_surface(static_cast<capture::PointCause>(points.cause[i]))) {
      label = things_.point(points.class_id[i], points.instance[i]);
    }
    lidarseg += static_cast<char>(label.index);
    panoptic.push_back(label.panoptic());
  }
  if (!things_.all_have_numbers()) note_points_beyond_numbers(points, cloud);
  const std::string folder = std::string("/") + kNuscenesVersion + "/" + record.token;
  auto done = context_.out.put("lidarseg" + folder + "_lidarseg.bin", lidarseg);
  return done
             ? context_.out.put("panoptic" + folder + "_panoptic.npz", encode_npz("data", panoptic))
             : done;
}

void NuscenesScene::note_points_beyond_numbers(const capture::PointCloud& points,
                                               const NuscenesCloud& cloud) {
  const auto n = std::count_if(cloud.index.begin(), cloud.index.end(), [&](std::size_t i) {
    return things_.beyond_numbers(core::InstanceId(points.instance[i]));
  });
  context_.notes.lost("points of things without a number in panoptic: it counts " +
                          std::to_string(kNuscenesMostThings) + " of a category in a scene",
                      n);
}

core::Result<std::vector<NuscenesBox>> NuscenesScene::annotate(const NuscenesRecord& record,
                                                               const NuscenesCloud& cloud) {
  const NuscenesChannel& top = channels_[record.channel];
  const auto sweep = clip_->reader.labels(top.sensor, record.tick.tick);
  if (!sweep) return core::forward_error(sweep);
  NuscenesKeyframe at{record.stamp_ns, *sweep, cloud, top.T_ego_sensor, {}, {}};
  for (const std::size_t r : samples_[record.sample].keyframes) {
    const NuscenesChannel& other = channels_[records_[r].channel];
    if (other.modality == Modality::kLidar) continue;
    auto labels = clip_->reader.labels(other.sensor, records_[r].tick.tick);
    if (!labels) return core::forward_error(labels);
    (other.modality == Modality::kCamera ? at.cameras : at.radars).push_back(std::move(*labels));
  }
  return nuscenes_boxes(at, things_, timeline(), context_);
}

std::string NuscenesScene::token(const std::string& what) const {
  return nuscenes_token(clip_->name + "/" + what);
}

std::int64_t NuscenesScene::unix_us(std::int64_t stamp_ns) const {
  return start_us_ + stamp_ns / 1000;
}

// Readers draw all scenes of a location on one map, and every scene has a map of its own.
std::string NuscenesScene::location() const {
  return clip_->reader.info().map_name + kNuscenesLocationSeparator + name_;
}

math::Pose NuscenesScene::T_global_ego(std::int64_t stamp_ns) const {
  math::Pose pose = math::to_pose(world::pose_at(timeline().actors[timeline().ego], stamp_ns));
  pose.translation -= origin_m_;
  return pose;
}

}  // namespace oddroad::exchange
