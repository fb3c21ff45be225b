#include "engine/exchange/kitti_labels.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "engine/exchange/boxes.h"
#include "engine/exchange/shots.h"

namespace oddroad::exchange {
namespace {

using capture::Box2;

// What becomes one label: a thing, or a rider with its mount.
struct Candidate {
  std::string type;
  math::OrientedBox box_ego;
  Box2 amodal, amodal_unclipped;
  double truncation = 0;
  std::int64_t visible_px = 0;
  std::int64_t in_frame_px = 0;
  bool uncounted = false;  // nobody knows how much of it is seen
  std::int64_t points = 0;
};

Box2 joined(const Box2& a, const Box2& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

using ImageObjects = std::map<core::InstanceId, const capture::ObjectInImage*>;

void add_pixels(const capture::ObjectInImage& object, Candidate& out) {
  out.amodal = joined(out.amodal, object.amodal_box);
  out.amodal_unclipped = joined(out.amodal_unclipped, object.amodal_box_unclipped);
  out.truncation = object.truncation;
  out.uncounted = !has_pixels(object);
  if (out.uncounted) return;
  out.visible_px += object.visible_px;
  out.in_frame_px += object.in_frame_px;
}

// A mount of a class that KITTI does not know (a bicycle) takes the rider's type, Cyclist.
void add_rider(const capture::ObjectInWorld& rider, const std::string& rider_type,
               const ImageObjects& in_image, Candidate& out) {
  if (out.type == "DontCare") out.type = rider_type;
  out.points += rider.points_in_box;
  out.box_ego = united(out.box_ego, rider.box_ego);
  if (const auto it = in_image.find(rider.id); it != in_image.end()) {
    add_pixels(*it->second, out);
    const double full = out.amodal_unclipped.area();
    out.truncation = full > 0 ? 1 - out.amodal.area() / full : 0;
  }
}

std::map<core::InstanceId, Candidate> candidates(const capture::CameraFrame& frame,
                                                 const KittiClasses& classes) {
  ImageObjects in_image;
  for (const auto& object : frame.objects) in_image[object.id] = &object;
  std::map<core::InstanceId, Candidate> out;
  for (const auto& object : frame.world) {
    const auto* known = classes.ontology.find(object.class_id);
    if (known == nullptr || !known->thing || !classes.names.keeps(object.class_id)) continue;
    Candidate& one = out[object.id];
    one.type = classes.names.of(object.class_id);
    one.points = object.points_in_box;
    one.box_ego = object.box_ego;
    if (const auto it = in_image.find(object.id); it != in_image.end()) {
      add_pixels(*it->second, one);
    }
  }
  for (const auto& rider : frame.world) {
    const auto mount = rider.rides ? out.find(rider.rides) : out.end();
    if (mount == out.end() || !classes.names.keeps(rider.class_id)) continue;
    add_rider(rider, classes.names.of(rider.class_id), in_image, mount->second);
    out.erase(rider.id);
  }
  return out;
}

// Continuous pixels to KITTI's, cut to the centres of the first and last pixel.
Box2 kitti_box(const Box2& box, const math::CameraModel& lens) {
  const auto cut = [](double value, int count) {
    return std::clamp(value - 0.5, 0.0, count - 1.0);
  };
  return {cut(box.left, lens.width_px), cut(box.top, lens.height_px), cut(box.right, lens.width_px),
          cut(box.bottom, lens.height_px)};
}

int occlusion_level(const Candidate& c, const KittiOptions& options) {
  if (c.in_frame_px <= 0) return 3;
  const double share = static_cast<double>(c.visible_px) / static_cast<double>(c.in_frame_px);
  return share >= options.visible_share_0 ? 0 : share >= options.visible_share_1 ? 1 : 2;
}

bool is_below(const Candidate& c, const Thresholds& thresholds, const KittiOptions& options) {
  if (c.points < thresholds.min_lidar_points) return true;
  return !c.uncounted && (c.visible_px < options.min_visible_px ||
                          static_cast<double>(c.visible_px) <
                              thresholds.min_visibility * static_cast<double>(c.in_frame_px));
}

void fill_box(const math::OrientedBox& box_ego, const capture::CameraCalibration& camera,
              KittiLabel& label) {
  const math::Pose pose = camera.T_ego_camera.inverse() * box_ego.pose;
  const math::Vec3d heading = pose.rotation * math::Vec3d(1, 0, 0);
  label.length_m = box_ego.size_m.x;
  label.width_m = box_ego.size_m.y;
  label.height_m = box_ego.size_m.z;
  label.location_m = pose.translation + math::Vec3d(0, 0.5 * label.height_m, 0);
  label.rotation_y = std::atan2(-heading.z, heading.x);
  label.alpha =
      math::wrap_angle(label.rotation_y - std::atan2(label.location_m.x, label.location_m.z));
}

}  // namespace

std::vector<KittiLabel> kitti_labels(const capture::CameraFrame& frame,
                                     const capture::CameraCalibration& camera,
                                     const KittiClasses& classes, const Thresholds& thresholds,
                                     const KittiOptions& options) {
  std::vector<KittiLabel> labels, dont_care;
  for (const auto& [id, candidate] : candidates(frame, classes)) {
    if (candidate.visible_px <= 0 && !candidate.uncounted) continue;
    KittiLabel label;
    label.id = id;
    label.type = candidate.type;
    label.box = kitti_box(candidate.amodal, camera.camera);
    if (candidate.type == "DontCare" || is_below(candidate, thresholds, options)) {
      label.type = "DontCare";
      dont_care.push_back(label);
      continue;
    }
    label.truncated = std::clamp(candidate.truncation, 0.0, 1.0);
    label.occluded = occlusion_level(candidate, options);
    fill_box(candidate.box_ego, camera, label);
    labels.push_back(label);
  }
  labels.insert(labels.end(), dont_care.begin(), dont_care.end());
  return labels;
}

std::string encode_kitti_labels(const std::vector<KittiLabel>& labels) {
  std::string text;
  for (const auto& l : labels) {
    char line[512];
    if (l.type == "DontCare") {
      std::snprintf(line, sizeof line,
                    "DontCare -1 -1 -10 %.2f %.2f %.2f %.2f -1 -1 -1 -1000 -1000 -1000 -10\n",
                    l.box.left, l.box.top, l.box.right, l.box.bottom);
    } else {
      std::snprintf(line, sizeof line,
                    "%s %.2f %d %.6f %.2f %.2f %.2f %.2f %.6f %.6f %.6f %.6f %.6f %.6f %.6f\n",
                    l.type.c_str(), l.truncated, l.occluded, l.alpha, l.box.left, l.box.top,
                    l.box.right, l.box.bottom, l.height_m, l.width_m, l.length_m, l.location_m.x,
                    l.location_m.y, l.location_m.z, l.rotation_y);
    }
    text += line;
  }
  return text;
}

}  // namespace oddroad::exchange
