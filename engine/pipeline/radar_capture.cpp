#include "engine/pipeline/radar_capture.h"

#include "engine/labels/keypoints.h"
#include "engine/labels/objects.h"
#include "engine/pipeline/camera_capture.h"
#include "sensors/radar/radar.h"

namespace oddroad::pipeline {
namespace {

// Straight echoes as points, to be counted by id and in boxes as those of a LiDAR are.
capture::PointCloud straight(const std::vector<capture::RadarDetection>& detections) {
  capture::PointCloud out;
  for (const capture::RadarDetection& d : detections) {
    if (d.cause != static_cast<std::uint8_t>(capture::RadarCause::kTarget)) continue;
    out.x_m.push_back(d.x_m);
    out.y_m.push_back(d.y_m);
    out.z_m.push_back(d.z_m);
    out.instance.push_back(d.instance);
    out.time_offset_ns.push_back(d.time_offset_ns);
    out.cause.push_back(static_cast<std::uint8_t>(capture::PointCause::kTarget));
  }
  return out;
}

}  // namespace

capture::RadarFrame capture_radar(const TickScene& scene, const RigRadar& sensor,
                                  const ClipPlan& plan, int tick,
                                  const std::vector<radar::Reflector>& reflectors,
                                  radar::Tracker& tracker) {
  capture::RadarFrame frame;
  frame.stamp = {sensor.name, tick, scene.stamp_ns, math::to_pose(scene.T_world_ego)};
  frame.detections =
      radar::measure(sensor.settings, reflectors, scene.window, *scene.caster, sensor.T_ego_radar,
                     scene.stamp_ns, noise_key(plan, sensor.name, tick));
  if (sensor.settings.tracks) {
    frame.tracks =
        tracker.step(frame.detections, scene.T_world_ego, sensor.T_ego_radar, scene.stamp_ns);
  }
  frame.world = labels::objects_in_world(scene.window, scene.stamp_ns, frame.stamp.T_world_ego,
                                         sensor.T_ego_radar);
  if (plan.kinds.contains("keypoints")) {
    labels::add_keypoints(scene.window, scene.stamp_ns, frame.world);
  }
  labels::count_points(scene.window, straight(frame.detections), scene.stamp_ns, sensor.T_ego_radar,
                       frame.world);
  return frame;
}

}  // namespace oddroad::pipeline
