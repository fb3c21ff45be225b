#include "engine/pipeline/tick.h"

#include "engine/core/random.h"
#include "engine/labels/image_objects.h"
#include "engine/labels/objects.h"
#include "render/scene/resolve.h"
#include "sensors/camera/color.h"

namespace oddroad::pipeline {
namespace {

// All that the captures of one stamp share.
struct Scene {
  const world::SceneWindow& window;
  const scene::RayCaster& caster;
  math::Affine3d T_world_ego;
};

std::uint64_t noise_key(const ClipPlan& plan, const std::string& sensor, int tick) {
  return core::hash64(static_cast<std::uint64_t>(tick), core::hash64(sensor, plan.random_key));
}

capture::LidarFrame capture_lidar(const Scene& scene, const RigLidar& sensor, const ClipPlan& plan,
                                  std::int64_t stamp_ns, int tick) {
  capture::LidarFrame frame;
  frame.stamp = {sensor.name, tick, stamp_ns, math::to_pose(scene.T_world_ego)};
  frame.cloud = sensor.scanner.sweep(scene.window, scene.caster, sensor.T_ego_lidar, stamp_ns,
                                     noise_key(plan, sensor.name, tick));
  frame.world = labels::objects_in_world(scene.window, stamp_ns, frame.stamp.T_world_ego);
  labels::count_points(scene.window, frame.cloud, stamp_ns, sensor.T_ego_lidar, frame.world);
  return frame;
}

core::Result<void> add_colour(const Scene& scene, const scene::CameraView& view,
                              const scene::VisibilityRecord& record, const RigCamera& sensor,
                              const BackEnds& back_ends, std::uint64_t key,
                              camera::AutoExposure& exposure, capture::CameraFrame& frame) {
  auto radiance =
      camera::radiance_image(scene.window, view, scene.caster, record, *back_ends.shading);
  if (!radiance) return core::forward_error(radiance);
  const double ev = sensor.settings.fixed_ev100
                        ? *sensor.settings.fixed_ev100
                        : exposure.update(*radiance, frame.stamp.stamp_ns);
  frame.rgb = camera::develop(*radiance, ev, sensor.settings, key);
  return {};
}

core::Result<capture::CameraFrame> capture_camera(const Scene& scene, const RigCamera& sensor,
                                                  const ClipPlan& plan, std::int64_t stamp_ns,
                                                  int tick, const BackEnds& back_ends,
                                                  camera::AutoExposure& exposure) {
  capture::CameraFrame frame;
  frame.stamp = {sensor.name, tick, stamp_ns, math::to_pose(scene.T_world_ego)};
  const scene::CameraView view{sensor.settings.camera,
                               scene.T_world_ego * math::to_affine(sensor.T_ego_camera), stamp_ns};
  scene::VisibilityRecord record;
  if (back_ends.visibility) {
    auto made = back_ends.visibility->render(scene.window, view);
    if (!made) return core::forward_error(made);
    record = std::move(*made);
  } else {
    record = scene::cast_record(scene.caster, view);
  }
  scene::resolve_edges(scene.window, view, scene.caster, record);
  const auto wants = [&](const char* kind) { return plan.kinds.contains(kind); };
  if (wants("ids") || wants("boxes")) frame.instance = scene::instance_image(scene.window, record);
  if (wants("classes")) frame.class_id = scene::class_image(scene.window, record);
  if (wants("depth")) frame.depth_m = scene::depth_image(scene.window, view, record);
  if (wants("boxes")) {
    frame.objects =
        labels::objects_in_image(scene.window, view, frame.instance, scene.caster);
    frame.world = labels::objects_in_world(scene.window, stamp_ns, frame.stamp.T_world_ego);
  }
  if (!wants("ids")) frame.instance = {};
  if (wants("rgb") && back_ends.shading) {
    const auto done = add_colour(scene, view, record, sensor, back_ends,
                                 noise_key(plan, sensor.name, tick), exposure, frame);
    if (!done) return core::forward_error(done);
  }
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

core::Result<TickCaptures> render_tick(const world::SceneBuilder& builder, const Rig& rig,
                                       const ClipPlan& plan, const TickPlan& tick,
                                       const BackEnds& back_ends, ClipState& state) {
  const world::SceneWindow window = builder.window(tick.begin_ns, tick.end_ns);
  const auto caster = back_ends.rays->create(window);
  const Scene scene{window, *caster, world::pose_at(*window.ego, tick.stamp_ns)};
  TickCaptures captures;
  for (const Trigger& t : tick.lidars) {
    captures.lidars.push_back(
        capture_lidar(scene, rig.lidars[t.sensor], plan, tick.stamp_ns, t.tick));
  }
  for (const Trigger& t : tick.cameras) {
    auto frame = capture_camera(scene, rig.cameras[t.sensor], plan, tick.stamp_ns, t.tick,
                                back_ends, state.exposures[t.sensor]);
    if (!frame) return core::forward_error(frame);
    captures.cameras.push_back(std::move(*frame));
  }
  share_counts(captures);
  return captures;
}

}  // namespace oddroad::pipeline
