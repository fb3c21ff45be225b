#include "engine/exchange/kitti_frames.h"

#include <algorithm>

#include "engine/exchange/captures.h"
#include "engine/exchange/kitti_calib.h"
#include "engine/exchange/kitti_velodyne.h"

namespace oddroad::exchange {

core::Result<KittiFrames> KittiFrames::open(const std::shared_ptr<const ExportClip>& clip,
                                            const FormatContext& context,
                                            const KittiOptions& options) {
  KittiFrames out(clip, context, options);
  const auto sensors = pick_sensors(clip->reader, options, context.notes);
  if (!sensors) return core::forward_error(sensors);
  out.sensors_ = *sensors;
  const std::string& left = sensors->left->name;
  if (auto good = need_pictures(clip->reader, left, "KITTI"); !good) {
    return core::forward_error(good);
  }
  const auto all = pair_captures(clip->reader, *sensors, options.max_gap_ns);
  if (!all) return core::forward_error(all);
  for (const KittiCaptures& one : *all) {
    if (!one.sweep) {
      context.notes.lost("images without a LiDAR sweep near them");
    } else if (!has_picture(clip->reader, left, one.image.tick)) {
      context.notes.lost("frames whose picture the camera lost");
    } else {
      out.frames_.push_back(one);
    }
  }
  return out;
}

std::string KittiFrames::calibration_text() const {
  return encode_kitti_calibration(
      kitti_calibration(*sensors_.left, sensors_.right, *sensors_.lidar));
}

core::Result<void> KittiFrames::write_sensors(std::size_t k, const KittiPaths& paths) const {
  const auto& [image, sweep, right] = frames_[k];
  const auto& reader = clip_->reader;
  const auto copy = [&](const std::string& camera, int tick, const std::string& name) {
    return put_as_png(picture_of(reader, camera, tick), context_->out, name + ".png");
  };
  if (auto done = copy(sensors_.left->name, image.tick, paths.image_2); !done) return done;
  if (right && has_picture(reader, sensors_.right->name, right->tick)) {
    auto done = copy(sensors_.right->name, right->tick, paths.image_3);
    if (!done) return done;
  }
  const auto points = reader.cloud(sensors_.lidar->name, sweep->tick);
  if (!points) return core::forward_error(points);
  const auto& ego = reader.timeline().actors[reader.timeline().ego];
  const auto cloud = kitti_cloud(*points, sweep->stamp_ns, *sensors_.lidar, ego, image.stamp_ns);
  return context_->out.put(paths.velodyne + ".bin", cloud.bytes());
}

core::Result<std::vector<KittiLabel>> KittiFrames::labels(std::size_t k) const {
  const auto& reader = clip_->reader;
  const auto labels = reader.labels(sensors_.left->name, frames_[k].image.tick);
  if (!labels) return core::forward_error(labels);
  capture::CameraFrame frame;
  frame.objects = labels->in_image;
  frame.world = labels->in_world;
  if (context_->thresholds.min_lidar_points > 0) {  // the image's labels know no points
    const auto sweep = reader.labels(sensors_.lidar->name, frames_[k].sweep->tick);
    if (!sweep) return core::forward_error(sweep);
    for (auto& object : frame.world) {
      const auto same =
          std::find_if(sweep->in_world.begin(), sweep->in_world.end(), [&](const auto& o) {
            return o.id == object.id;
          });
      object.points_in_box = same == sweep->in_world.end() ? 0 : same->points_in_box;
    }
  }
  auto rows = kitti_labels(frame, *sensors_.left, {context_->ontology, context_->classes},
                           context_->thresholds, *options_);
  for (const auto& row : rows) {
    context_->notes.count(row.type == "DontCare" ? "DontCare regions" : "objects");
  }
  return rows;
}

}  // namespace oddroad::exchange
