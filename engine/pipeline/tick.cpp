#include "engine/pipeline/tick.h"

#include <algorithm>

#include "engine/dataset/sweep_motion.h"
#include "engine/labels/keypoints.h"
#include "engine/labels/objects.h"
#include "engine/pipeline/camera_capture.h"
#include "engine/pipeline/radar_capture.h"
#include "engine/pipeline/tick_records.h"

namespace oddroad::pipeline {
namespace {

void compensate(const TickScene& scene, const math::Pose& mounted, capture::PointCloud& cloud) {
  cloud.compensated_m = dataset::points_at(scene.stamp_ns, mounted, cloud, scene.stamp_ns, mounted,
                                           *scene.window.ego);
}

capture::LidarFrame capture_lidar(const TickScene& scene, const RigLidar& sensor,
                                  const ClipPlan& plan, int tick) {
  capture::LidarFrame frame;
  frame.stamp = {sensor.name, tick, scene.stamp_ns, math::to_pose(scene.T_world_ego)};
  const bool geometry = plan.kinds.contains("lidar_geometry");
  lidar::SweepRequest request;
  request.stamp_ns = scene.stamp_ns;
  request.clip_key = noise_key(plan, sensor.name, -1);
  request.tick_key = noise_key(plan, sensor.name, tick);
  request.materials = geometry ? plan.materials : nullptr;
  request.rays = plan.kinds.contains("lidar_rays");
  lidar::SweepRecord record =
      sensor.scanner.sweep(scene.window, *scene.caster, sensor.T_ego_lidar, request);
  frame.cloud = std::move(record.cloud);
  frame.rays = std::move(record.rays);
  frame.faults = sensor.scanner.faults_at(scene.stamp_ns);
  const math::Pose mounted = sensor.scanner.mounted(sensor.T_ego_lidar, scene.stamp_ns);
  frame.world =
      labels::objects_in_world(scene.window, scene.stamp_ns, frame.stamp.T_world_ego, mounted);
  if (plan.kinds.contains("keypoints")) {
    labels::add_keypoints(scene.window, scene.stamp_ns, frame.world);
  }
  if (plan.kinds.contains("lidar_compensated")) compensate(scene, mounted, frame.cloud);
  labels::count_points(scene.window, frame.cloud, scene.stamp_ns, mounted, frame.world);
  return frame;
}

// A camera's objects carry the point counts of the sweeps with the same stamp.
void share_counts(TickCaptures& captures) {
  for (capture::CameraFrame& camera : captures.cameras) {
    for (capture::ObjectInWorld& object : camera.world) {
      for (const capture::LidarFrame& lidar : captures.lidars) {
        for (const capture::ObjectInWorld& other : lidar.world) {
          if (other.id != object.id) continue;
          object.returns_by_id += other.returns_by_id;
          object.points_in_box += other.points_in_box;
        }
      }
    }
  }
}

}  // namespace

core::Result<TickCaptures> render_tick(TickScenes& scenes, const Rig& rig, const ClipPlan& plan,
                                       const std::vector<TickPlan>& ticks, std::size_t tick,
                                       const BackEnds& back_ends, ClipState& state) {
  const bool flow = plan.kinds.contains("flow");
  scenes.forget_before(flow && tick > 0 ? tick - 1 : tick);
  const TickScene& scene = scenes.at(tick);
  auto records = TickRecords::begin(scene, rig, ticks[tick].cameras, back_ends);
  if (!records) return core::forward_error(records);
  TickCaptures captures;
  for (const Trigger& t : ticks[tick].lidars) {
    captures.lidars.push_back(capture_lidar(scene, rig.lidars[t.sensor], plan, t.tick));
  }
  for (std::size_t k = 0; k < ticks[tick].cameras.size(); ++k) {
    const Trigger& t = ticks[tick].cameras[k];
    CameraJob job{rig.cameras[t.sensor], plan, back_ends, plan.lanes, t.tick};
    if (flow) {
      const auto before = neighbour_tick(ticks, tick, t.sensor, -1);
      const auto after = neighbour_tick(ticks, tick, t.sensor, 1);
      if (before) job.before = &scenes.at(*before);
      if (after) job.after = &scenes.at(*after);
    }
    const auto record = records->take(k);
    if (!record) return core::forward_error(record);
    auto frame = capture_camera(scene, job, records->view(k), *record,
                                state.cameras.empty() ? nullptr : &state.cameras[t.sensor]);
    if (!frame) return core::forward_error(frame);
    captures.cameras.push_back(std::move(*frame));
  }
  for (const Trigger& t : ticks[tick].radars) {
    captures.radars.push_back(capture_radar(scene, rig.radars[t.sensor], plan, t.tick,
                                            state.reflectors, state.trackers[t.sensor]));
  }
  for (const Trigger& t : ticks[tick].gnss) state.motion->add_fix(scene, t.sensor);
  share_counts(captures);
  return captures;
}

}  // namespace oddroad::pipeline
