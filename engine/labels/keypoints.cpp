#include "engine/labels/keypoints.h"

#include <algorithm>
#include <limits>

#include "engine/core/check.h"
#include "engine/labels/objects.h"
#include "engine/labels/row_search.h"

namespace oddroad::labels {

using math::Vec3d;

namespace {

// Model frame; linear between whole steps.
std::vector<Vec3d> deformed_keypoints(const world::Actor& actor, std::int64_t stamp_ns) {
  const std::int64_t k = stamp_ns / world::kStepNs;
  const double u = static_cast<double>(stamp_ns - k * world::kStepNs) / world::kStepNs;
  std::vector<Vec3d> a = actor.model->deformer->keypoints(actor.state(k).articulation);
  if (u <= 0) return a;
  const std::vector<Vec3d> b = actor.model->deformer->keypoints(actor.state(k + 1).articulation);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] * (1 - u) + b[i] * u;
  return a;
}

// One keypoint, looked at.
capture::Keypoint2 look_at(const world::SceneWindow& window, core::InstanceId id, double reach_m,
                           const scene::CameraView& view, const scene::RayCaster& caster,
                           const Appearance& seen) {
  capture::Keypoint2 out{seen.image.x, seen.image.y, capture::KeypointState::kOutside};
  if (seen.image.x < 0 || seen.image.y < 0 || seen.image.x >= view.camera.width_px ||
      seen.image.y >= view.camera.height_px) {
    return out;
  }
  const Vec3d origin = seen.instant.T_world_camera.translation;
  const Vec3d way = seen.point - origin;
  scene::RayBatch ray;
  ray.resize(1);
  ray.set(0, origin, way, seen.instant.stamp_ns, std::numeric_limits<float>::infinity());
  scene::RayHits hits;
  caster.intersect(ray, scene::RayKind::kSensor, false, hits);
  const double before_m = (1 - static_cast<double>(hits.t[0])) * glm::length(way);
  if (hits.drawable[0] == 0 || before_m <= 0) {
    out.state = capture::KeypointState::kVisible;
  } else if (window.drawables[hits.drawable[0] - 1].instance != id) {
    out.state = capture::KeypointState::kOccluded;
  } else {
    out.state = before_m <= reach_m ? capture::KeypointState::kVisible
                                    : capture::KeypointState::kSelfOccluded;
  }
  return out;
}

}  // namespace

std::vector<Vec3d> keypoints_at(const world::SceneWindow& window,
                                const world::InstanceInfo& instance, std::int64_t stamp_ns) {
  const auto& anchors = instance.model->keypoints;
  std::vector<Vec3d> points;
  if (instance.actor && instance.model->deformer) {
    points = deformed_keypoints(*instance.actor, stamp_ns);
    ODDROAD_CHECK_OP(points.size(), ==, anchors.size());
  } else {
    for (const asset::KeypointAnchor& anchor : anchors) points.push_back(anchor.position_m);
  }
  const math::Affine3d T = T_world_model(window, instance, stamp_ns);
  for (std::size_t k = 0; k < points.size(); ++k) {
    const int part = anchors[k].part;
    const bool on_part = part >= 0 && !instance.model->deformer;
    points[k] =
        on_part ? world::transform_at(window, window.drawables[instance.drawables[part]], stamp_ns)
                      .point(points[k])
                : T.point(points[k]);
  }
  return points;
}

void add_keypoints(const world::SceneWindow& window, std::int64_t stamp_ns,
                   std::vector<capture::ObjectInWorld>& objects) {
  const math::Affine3d T_ego_world = world::pose_at(*window.ego, stamp_ns).inverse();
  for (capture::ObjectInWorld& object : objects) {
    object.keypoints_ego_m = keypoints_at(window, *window.find(object.id), stamp_ns);
    for (Vec3d& p : object.keypoints_ego_m) p = T_ego_world.point(p);
  }
}

std::vector<capture::Keypoint2> keypoints_in_image(const world::SceneWindow& window,
                                                   const world::InstanceInfo& instance,
                                                   const scene::CameraView& view,
                                                   const scene::RayCaster& caster) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const auto& anchors = instance.model->keypoints;
  std::vector<capture::Keypoint2> out(anchors.size(),
                                      {kNaN, kNaN, capture::KeypointState::kOutside});
  for (std::size_t k = 0; k < anchors.size(); ++k) {
    const auto seen =
        find_appearance(view, false, 0.5 * view.camera.height_px, [&](std::int64_t stamp_ns) {
          return keypoints_at(window, instance, stamp_ns)[k];
        });
    if (seen) out[k] = look_at(window, instance.id, anchors[k].reach_m, view, caster, *seen);
  }
  return out;
}

}  // namespace oddroad::labels
