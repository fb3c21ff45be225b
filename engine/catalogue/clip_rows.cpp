#include "engine/catalogue/clip_rows.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/dataset/layout.h"
#include "engine/dataset/reader.h"

namespace oddroad::catalogue {
namespace {

ObjectRow object_row(const capture::ObjectInWorld& object) {
  ObjectRow row;
  row.object = object.id.value;
  row.class_id = object.class_id.value;
  row.x_ego_m = object.box_ego.pose.translation.x;
  row.y_ego_m = object.box_ego.pose.translation.y;
  row.distance_m = std::hypot(row.x_ego_m, row.y_ego_m);
  const math::Vec3d& v = object.velocity_world_mps;
  row.speed_mps = std::sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
  return row;
}

// Static things have pixels and no box.
std::vector<ObjectRow> camera_objects(const dataset::FrameLabels& labels) {
  std::map<std::uint16_t, const capture::ObjectInWorld*> world;
  for (const auto& object : labels.in_world) world[object.id.value] = &object;
  std::vector<ObjectRow> out;
  for (const capture::ObjectInImage& object : labels.in_image) {
    const auto it = world.find(object.id.value);
    if (it == world.end()) continue;
    ObjectRow row = object_row(*it->second);
    row.visible_px = object.visible_px;
    row.in_frame_px = object.in_frame_px;
    row.unoccluded_px = object.unoccluded_px;
    row.truncation = object.truncation;
    out.push_back(row);
  }
  return out;
}

std::vector<ObjectRow> lidar_objects(const dataset::FrameLabels& labels) {
  std::vector<ObjectRow> out;
  for (const capture::ObjectInWorld& object : labels.in_world) {
    ObjectRow row = object_row(object);
    row.returns = object.returns_by_id;
    row.points_in_box = object.points_in_box;
    out.push_back(row);
  }
  return out;
}

void add_files(const dataset::Manifest& manifest, FrameRow& frame) {
  const std::string stem = dataset::capture_file(frame.sensor, frame.tick, ".");
  for (auto it = manifest.files.lower_bound(stem);
       it != manifest.files.end() && it->first.starts_with(stem); ++it) {
    frame.files.push_back({it->first.substr(stem.size()), it->first, it->second.bytes});
  }
}

void count(const FrameRow& frame, std::map<std::uint8_t, StatisticsRow>& classes) {
  std::map<std::uint8_t, bool> seen;
  for (const ObjectRow& object : frame.objects) {
    StatisticsRow& row = classes[object.class_id];
    ++row.objects;
    row.visible_px += std::max<std::int64_t>(object.visible_px, 0);
    row.returns += std::max<std::int64_t>(object.returns, 0);
    if (!std::exchange(seen[object.class_id], true)) ++row.frames;
  }
}

core::Result<void> add_frames(const dataset::ClipReader& clip, const std::string& sensor,
                              const char* kind, ClipRows& rows) {
  for (const int tick : clip.ticks(sensor)) {
    const auto labels = clip.labels(sensor, tick);
    if (!labels) return core::forward_error(labels);
    FrameRow frame{sensor, kind, tick, labels->stamp.stamp_ns};
    frame.objects =
        kind == std::string("camera") ? camera_objects(*labels) : lidar_objects(*labels);
    add_files(clip.manifest(), frame);
    count(frame, rows.classes);
    rows.frames.push_back(std::move(frame));
  }
  return {};
}

}  // namespace

core::Result<ClipRows> read_clip_rows(const std::filesystem::path& dataset,
                                      const std::string& name) {
  const auto clip = dataset::ClipReader::open(dataset / "clips" / name);
  if (!clip) return core::forward_error(clip);
  ClipRows rows;
  rows.name = name;
  rows.info = clip->info();
  const auto hash = dataset::clip_hash(clip->folder());
  if (!hash) return core::forward_error(hash);
  rows.manifest_sha256 = *hash;
  const auto& rig = clip->calibration();
  core::Result<void> done;
  const auto add = [&](const auto& sensors, const char* kind) {
    for (const auto& sensor : sensors) {
      if (done) done = add_frames(*clip, sensor.name, kind, rows);
    }
  };
  add(rig.cameras, "camera");
  add(rig.lidars, "lidar");
  add(rig.radars, "radar");
  if (!done) return core::forward_error(done);
  return rows;
}

}  // namespace oddroad::catalogue
