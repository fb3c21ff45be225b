#include "engine/pipeline/camera_capture.h"

#include "engine/core/random.h"
#include "engine/labels/flow.h"
#include "engine/labels/image_objects.h"
#include "engine/labels/keypoints.h"
#include "engine/labels/normals.h"
#include "engine/labels/objects.h"
#include "engine/labels/panoptic.h"
#include "render/scene/pixel_images.h"
#include "sensors/camera/color.h"
#include "sensors/camera/compand.h"
#include "sensors/camera/motion_blur.h"
#include "sensors/camera/precipitation.h"
#include "sensors/camera/view.h"

namespace oddroad::pipeline {
namespace {

core::Result<void> add_colour(const TickScene& scene, const scene::CameraView& view,
                              const scene::VisibilityRecord& record, const CameraJob& job,
                              camera::CameraChain& chain, capture::CameraFrame& frame) {
  auto radiance =
      camera::radiance_image(scene.window, view, *scene.caster, record, *job.back_ends.shading);
  if (!radiance) return core::forward_error(radiance);
  const camera::CameraSettings& settings = job.sensor.settings;
  if (job.plan.kinds.contains("radiance")) frame.radiance = *radiance;
  const capture::Exposure exposure = chain.expose(*radiance, view.stamp_ns);
  if (settings.motion_blur &&
      camera::may_blur(scene.window, settings.camera, exposure.time_s, view.stamp_ns)) {
    camera::blur_motion(
        camera::image_motion(scene.window, view, job.sensor.T_ego_camera, record, exposure.time_s),
        *radiance);
  }
  const std::uint64_t key = noise_key(job.plan, job.sensor.name, job.tick);
  // Behind the blur of the scene: what falls has a motion of its own.
  camera::add_precipitation(scene.window, view, *scene.caster, record, exposure.time_s, key,
                            core::hash64(job.sensor.name, job.plan.random_key), *radiance);
  camera::Shot shot = chain.deliver(
      *radiance, exposure,
      {view.stamp_ns, key, job.plan.kinds.contains("rgb"), job.plan.kinds.contains("raw")});
  frame.rgb = std::move(shot.rgb);
  frame.rgb_format = settings.image.format;
  frame.raw = std::move(shot.raw);
  if (!frame.raw.empty()) frame.raw_format = camera::raw_format(settings.sensor);
  frame.exposure = shot.exposure;
  frame.faults = std::move(shot.faults);
  return {};
}

// The flow to a neighbouring frame, `step` ticks of this camera away.
capture::FlowImage flow_to(const TickScene& scene, const scene::CameraView& view,
                           const scene::VisibilityRecord& record, const CameraJob& job,
                           const TickScene* other, int step) {
  if (other == nullptr) return {};
  const scene::CameraView there = camera::make_view(job.sensor.settings, job.sensor.T_ego_camera,
                                                    *other->window.ego, other->stamp_ns);
  capture::FlowImage flow = labels::flow_image({scene.window, view, *scene.caster}, record,
                                               {other->window, there, *other->caster});
  flow.to_tick = job.tick + step;
  flow.to_stamp_ns = other->stamp_ns;
  return flow;
}

// Kinds of pixels; ids and distances also where other labels need them.
void add_pixels(const TickScene& scene, const scene::CameraView& view,
                const scene::VisibilityRecord& record, const CameraJob& job,
                capture::CameraFrame& frame) {
  const auto wants = [&](const char* kind) {
    return job.plan.kinds.contains(kind);
  };
  const world::SceneWindow& window = scene.window;
  frame.instance = scene::instance_image(window, record);
  if (wants("classes") || wants("panoptic")) frame.class_id = scene::class_image(window, record);
  const bool objects = wants("boxes") || wants("keypoints");
  const bool by_range = labels::ranked_by_range(view);
  auto distances =
      scene::distance_images(window, view, record, wants("depth") || (objects && !by_range),
                             wants("range") || (objects && by_range));
  frame.depth_m = std::move(distances.depth_m);
  frame.range_m = std::move(distances.range_m);
  if (wants("normals")) frame.normal = labels::normal_image(window, view, record);
  if (wants("panoptic")) {
    frame.panoptic = labels::panoptic_image(frame.instance, frame.class_id, *job.plan.ontology);
  }
  if (wants("flow")) {
    frame.flow_forward = flow_to(scene, view, record, job, job.after, 1);
    frame.flow_backward = flow_to(scene, view, record, job, job.before, -1);
  }
}

void add_objects(const TickScene& scene, const scene::CameraView& view, const CameraJob& job,
                 capture::CameraFrame& frame) {
  const auto& distance_m = labels::ranked_by_range(view) ? frame.range_m : frame.depth_m;
  frame.objects =
      labels::objects_in_image(scene.window, view, frame.instance, distance_m, *scene.caster);
  frame.world = labels::objects_in_world(scene.window, view.stamp_ns, frame.stamp.T_world_ego,
                                         job.sensor.T_ego_camera);
  if (!job.plan.kinds.contains("keypoints")) return;
  for (capture::ObjectInImage& object : frame.objects) {
    object.keypoints = labels::keypoints_in_image(scene.window, *scene.window.find(object.id), view,
                                                  *scene.caster);
  }
  labels::add_keypoints(scene.window, view.stamp_ns, frame.world);
}

// What lies on a carriageway.
std::vector<core::ClassId> road_classes(const capture::Ontology& ontology) {
  std::vector<core::ClassId> out;
  for (const char* name : {"road", "lane_mark"}) {
    if (const auto* found = ontology.find(std::string(name))) out.push_back(found->id);
  }
  return out;
}

}  // namespace

std::uint64_t noise_key(const ClipPlan& plan, const std::string& sensor, int tick) {
  return core::hash64(static_cast<std::uint64_t>(tick), core::hash64(sensor, plan.random_key));
}

core::Result<capture::CameraFrame> capture_camera(const TickScene& scene, const CameraJob& job,
                                                  const scene::CameraView& view,
                                                  const scene::VisibilityRecord& record,
                                                  camera::CameraChain* chain) {
  const auto wants = [&](const char* kind) {
    return job.plan.kinds.contains(kind);
  };
  capture::CameraFrame frame;
  frame.stamp = {job.sensor.name, job.tick, scene.stamp_ns, math::to_pose(scene.T_world_ego)};
  add_pixels(scene, view, record, job, frame);
  if (wants("boxes") || wants("keypoints")) add_objects(scene, view, job, frame);
  if (job.lanes) {
    frame.drivable = job.lanes->drivable_image(scene.window, record,
                                               road_classes(*job.plan.ontology), scene.T_world_ego);
    frame.lanes = job.lanes->polylines(scene.T_world_ego);
  }
  if (!wants("ids")) frame.instance = {};
  if (!wants("classes")) frame.class_id = {};
  if (!wants("depth")) frame.depth_m = {};
  if (!wants("range")) frame.range_m = {};
  if (chain != nullptr) {
    const auto done = add_colour(scene, view, record, job, *chain, frame);
    if (!done) return core::forward_error(done);
  }
  return frame;
}

}  // namespace oddroad::pipeline
