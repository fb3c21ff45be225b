#include "engine/exchange/kitti_pairing.h"

#include "engine/exchange/kitti_cameras.h"

namespace oddroad::exchange {
namespace {

template <typename Sensor>
std::string names_of(const std::vector<Sensor>& sensors) {
  std::string names;
  for (const auto& sensor : sensors) names += (names.empty() ? "" : ", ") + sensor.name;
  return names.empty() ? "the rig has none" : "the rig has: " + names;
}

// The LiDAR of that name, or the first where no name is given; null: there is none.
const capture::LidarCalibration* pick(const std::vector<capture::LidarCalibration>& lidars,
                                      const std::string& name) {
  if (name.empty()) return lidars.empty() ? nullptr : &lidars.front();
  for (const auto& lidar : lidars) {
    if (lidar.name == name) return &lidar;
  }
  return nullptr;
}

}  // namespace

core::Result<KittiSensors> pick_sensors(const dataset::ClipReader& clip,
                                        const KittiOptions& options, ExportNotes& notes) {
  const auto& rig = clip.calibration();
  const KittiCameras cameras = kitti_cameras(rig);
  if (cameras.left == nullptr) {
    return core::fail_at({clip.folder().string()},
                         "KITTI needs a camera that is a pinhole with a global shutter",
                         names_of(rig.cameras));
  }
  const auto* lidar = pick(rig.lidars, options.lidar);
  if (lidar == nullptr) {
    std::string message = "KITTI needs a LiDAR";
    if (!options.lidar.empty()) message += "; '" + options.lidar + "' is none of this rig";
    return core::fail_at({clip.folder().string()}, message, names_of(rig.lidars));
  }
  note_left_out(cameras, notes);
  return KittiSensors{cameras.left, cameras.right, lidar};
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
