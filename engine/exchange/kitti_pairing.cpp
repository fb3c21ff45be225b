#include "engine/exchange/kitti_pairing.h"

namespace oddroad::exchange {
namespace {

// The sensor of that name, or the `position`-th where no name is given.
template <typename Sensor>
core::Result<const Sensor*> pick(const std::vector<Sensor>& sensors, const std::string& name,
                                 std::size_t position, const char* kind,
                                 const dataset::ClipReader& clip) {
  if (name.empty() && position < sensors.size()) return &sensors[position];
  std::string known;
  for (const auto& sensor : sensors) {
    if (!name.empty() && sensor.name == name) return &sensor;
    if (!known.empty()) known += ", ";
    known += sensor.name;
  }
  std::string message = "KITTI needs a ";
  message += kind;
  if (!name.empty()) message.append("; '").append(name).append("' is none of this rig");
  return core::fail_at({clip.folder().string()}, message,
                       known.empty() ? "the rig has none" : "the rig has: " + known);
}

}  // namespace

core::Result<KittiSensors> pick_sensors(const dataset::ClipReader& clip,
                                        const KittiOptions& options) {
  const auto& rig = clip.calibration();
  KittiSensors sensors;
  const auto left = pick(rig.cameras, options.left_camera, 0, "camera", clip);
  if (!left) return core::forward_error(left);
  sensors.left = *left;
  if (!options.right_camera.empty() || rig.cameras.size() > 1) {
    const auto right = pick(rig.cameras, options.right_camera, 1, "camera", clip);
    if (!right) return core::forward_error(right);
    if (*right != *left) sensors.right = *right;
  }
  for (const capture::CameraCalibration* camera : {sensors.left, sensors.right}) {
    if (camera == nullptr) continue;
    if (camera->camera.lens != math::Lens::kPinhole || camera->row_time_ns > 0) {
      return core::fail_at({clip.folder().string()},
                           "camera '" + camera->name + "' is no pinhole with a global shutter, " +
                               "and KITTI's calibration knows no other",
                           "choose another camera or rig");
    }
  }
  const auto lidar = pick(rig.lidars, options.lidar, 0, "LiDAR", clip);
  if (!lidar) return core::forward_error(lidar);
  sensors.lidar = *lidar;
  return sensors;
}

core::Result<std::vector<KittiCaptures>> pair_captures(const dataset::ClipReader& clip,
                                                       const KittiSensors& sensors,
                                                       std::int64_t max_gap_ns) {
  const auto images = capture_ticks(clip, sensors.left->name);
  if (!images) return core::forward_error(images);
  const auto sweeps = capture_ticks(clip, sensors.lidar->name);
  if (!sweeps) return core::forward_error(sweeps);
  const auto rights = capture_ticks(clip, sensors.right != nullptr ? sensors.right->name : "");
  if (!rights) return core::forward_error(rights);
  std::vector<KittiCaptures> out;
  for (const Tick& image : *images) {
    out.push_back({image, nearest(*sweeps, image.stamp_ns, max_gap_ns),
                   nearest(*rights, image.stamp_ns, max_gap_ns)});
  }
  return out;
}

}  // namespace oddroad::exchange
