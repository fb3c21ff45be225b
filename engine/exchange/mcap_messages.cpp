#include "engine/exchange/mcap_messages.h"

#include <algorithm>
#include <limits>

#include "engine/dataset/file_io.h"
#include "engine/dataset/sweep_motion.h"
#include "engine/exchange/foxglove_messages.h"
#include "engine/exchange/shots.h"

namespace oddroad::exchange {
namespace {

// How long boxes live: until the sensor's next capture; behind the last as long as before it.
std::int64_t lifetime_ns(const std::vector<Tick>& ticks, std::size_t k) {
  if (ticks.size() < 2) return 1'000'000'000;
  const std::size_t from = std::min(k, ticks.size() - 2);
  return ticks[from + 1].stamp_ns - ticks[from].stamp_ns;
}

foxglove::Look look_of(core::InstanceId id, core::ClassId class_id, const std::string& name,
                       const FormatContext& context) {
  const auto* one = context.ontology.find(class_id);
  return {std::to_string(id.value), context.classes.of(class_id), name,
          one == nullptr ? capture::Rgb8(128) : one->color};
}

}  // namespace

std::vector<McapCapture> captures_by_time(const std::vector<ClipSensor>& sensors) {
  std::vector<McapCapture> out;
  for (std::size_t s = 0; s < sensors.size(); ++s) {
    for (std::uint32_t k = 0; k < sensors[s].ticks.size(); ++k) out.push_back({s, k});
  }
  const auto stamp_ns = [&](const McapCapture& one) {
    return sensors[one.sensor].ticks[one.k].stamp_ns;
  };
  std::stable_sort(out.begin(), out.end(), [&](const McapCapture& a, const McapCapture& b) {
    return stamp_ns(a) < stamp_ns(b);
  });
  std::uint32_t instants = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].first = i == 0 || stamp_ns(out[i]) != stamp_ns(out[i - 1]);
    instants += out[i].first;
    out[i].instant = instants - 1;
    out[i].until_ns =
        i + 1 < out.size() ? stamp_ns(out[i + 1]) : std::numeric_limits<std::int64_t>::max();
  }
  return out;
}

McapMessages::McapMessages(const ExportClip& clip, const FormatContext& context,
                           const std::vector<ClipSensor>& sensors, const McapChannels& channels,
                           const McapMotion& motion)
    : clip_(clip), context_(context), sensors_(sensors), channels_(channels), motion_(motion) {
  const auto lidar = std::find_if(sensors.begin(), sensors.end(), [](const ClipSensor& one) {
    return one.kind == SensorKind::kLidar;
  });
  for (const ClipSensor& one : sensors) first_ns_ = std::min(first_ns_, one.ticks.front().stamp_ns);
  if (lidar != sensors.end()) boxes_from_ = static_cast<std::size_t>(lidar - sensors.begin());
}

const world::Actor& McapMessages::ego() const {
  const auto& timeline = clip_.reader.timeline();
  return timeline.actors[timeline.ego];
}

core::Result<std::vector<mcap::Message>> McapMessages::of(const McapCapture& capture) const {
  Messages out;
  const std::int64_t stamp_ns = tick(capture).stamp_ns;
  // Motion sensors may begin before all others, and their frames must be known then.
  const bool moves_first = motion_.begin_ns() < first_ns_;
  if (moves_first && capture.first && capture.instant == 0) {
    add_transforms(motion_.begin_ns(), 0, out);
    motion_.add(motion_.begin_ns(), stamp_ns, start_ns(), out);
  }
  if (capture.first) add_transforms(stamp_ns, capture.instant + (moves_first ? 1 : 0), out);
  core::Result<void> done;
  switch (sensors_[capture.sensor].kind) {
    case SensorKind::kCamera:
      done = add_camera(capture, out);
      break;
    case SensorKind::kLidar:
      done = add_lidar(capture, out);
      break;
    case SensorKind::kRadar:
      done = add_radar(capture, out);
      break;
  }
  if (!done) return core::forward_error(done);
  motion_.add(stamp_ns, capture.until_ns, start_ns(), out);
  context_.notes.count("messages", static_cast<std::int64_t>(out.size()));
  return out;
}

void McapMessages::add_transforms(std::int64_t stamp_ns, std::uint32_t sequence,
                                  Messages& out) const {
  std::vector<foxglove::Transform> all;
  all.push_back({"map", "ego", math::to_pose(world::pose_at(ego(), stamp_ns))});
  for (const ClipSensor& sensor : sensors_) {
    all.push_back({"ego", sensor.name, sensor.T_ego_sensor});
  }
  all.insert(all.end(), motion_.mounts().begin(), motion_.mounts().end());
  const std::int64_t ns = start_ns() + stamp_ns;
  out.push_back({channels_.transforms, sequence, ns, foxglove::frame_transforms(ns, all)});
}

void McapMessages::add_objects(const McapCapture& capture,
                               const std::vector<capture::ObjectInWorld>& objects,
                               Messages& out) const {
  if (capture.sensor != boxes_from_) return;
  std::vector<foxglove::SceneBox> boxes;
  for (const auto& object : objects) {
    if (!context_.classes.keeps(object.class_id)) continue;
    if (object.points_in_box < context_.thresholds.min_lidar_points) continue;
    boxes.push_back(
        {look_of(object.id, object.class_id, object.name, context_), &object, object.box_world});
  }
  context_.notes.count("boxes", static_cast<std::int64_t>(boxes.size()));
  const std::int64_t ns = unix_ns(capture);
  const auto life_ns = lifetime_ns(sensors_[capture.sensor].ticks, capture.k);
  out.push_back(
      {channels_.objects, capture.k, ns, foxglove::scene_update({ns, "map"}, life_ns, boxes)});
}

core::Result<void> McapMessages::add_camera(const McapCapture& capture, Messages& out) const {
  const ClipSensor& sensor = sensors_[capture.sensor];
  const auto& channels = channels_.sensors[capture.sensor];
  const int number = tick(capture).tick;
  const auto labels = clip_.reader.labels(sensor.name, number);
  if (!labels) return core::forward_error(labels);
  const foxglove::Head head{unix_ns(capture), sensor.name};
  const auto add = [&](std::uint16_t channel, std::string data) {
    out.push_back({channel, capture.k, head.stamp_ns, std::move(data)});
  };
  if (has_picture(clip_.reader, sensor.name, number)) {
    const Picture picture = picture_of(clip_.reader, sensor.name, number);
    const auto bytes = dataset::read_file(picture.file);
    if (!bytes) return core::forward_error(bytes);
    add(channels.image, foxglove::compressed_image(head, *bytes, picture.jpeg));
  } else {
    context_.notes.lost("frames of cameras without a picture");
  }
  const auto& camera = clip_.reader.calibration().cameras[sensor.index];
  add(channels.calibration, foxglove::camera_calibration(head, camera));
  std::vector<foxglove::ImageBox> boxes;
  for (const auto& object : labels->in_image) {
    if (!context_.classes.keeps(object.class_id) || !is_seen(object, context_.thresholds)) continue;
    boxes.push_back({look_of(object.id, object.class_id, "", context_), &object});
  }
  add(channels.annotations, foxglove::image_annotations(head.stamp_ns, boxes));
  add_objects(capture, labels->in_world, out);
  return {};
}

core::Result<void> McapMessages::add_lidar(const McapCapture& capture, Messages& out) const {
  const ClipSensor& sensor = sensors_[capture.sensor];
  const auto labels = clip_.reader.labels(sensor.name, tick(capture).tick);
  if (!labels) return core::forward_error(labels);
  const auto cloud = clip_.reader.cloud(sensor.name, tick(capture).tick);
  if (!cloud) return core::forward_error(cloud);
  const std::int64_t stamp_ns = tick(capture).stamp_ns;
  const auto points = dataset::points_at(stamp_ns, sensor.T_ego_sensor, *cloud, stamp_ns,
                                         sensor.T_ego_sensor, ego());
  const foxglove::Head head{unix_ns(capture), sensor.name};
  out.push_back({channels_.sensors[capture.sensor].points, capture.k, head.stamp_ns,
                 foxglove::point_cloud(head, *cloud, points)});
  add_objects(capture, labels->in_world, out);
  return {};
}

core::Result<void> McapMessages::add_radar(const McapCapture& capture, Messages& out) const {
  const ClipSensor& sensor = sensors_[capture.sensor];
  const auto frame = clip_.reader.radar(sensor.name, tick(capture).tick);
  if (!frame) return core::forward_error(frame);
  const foxglove::Head head{unix_ns(capture), sensor.name};
  out.push_back({channels_.sensors[capture.sensor].points, capture.k, head.stamp_ns,
                 foxglove::point_cloud(head, frame->detections)});
  add_objects(capture, frame->world, out);
  return {};
}

}  // namespace oddroad::exchange
