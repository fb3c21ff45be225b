#include "engine/labels/objects.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "engine/labels/box_over_time.h"
#include "engine/world/lamp_looks.h"

namespace oddroad::labels {

using math::Vec3d;

math::Affine3d T_world_model(const world::SceneWindow&, const world::InstanceInfo& instance,
                             std::int64_t stamp_ns) {
  return instance.actor ? world::pose_at(*instance.actor, stamp_ns) : instance.T_world_model;
}

math::Aabb model_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                     std::int64_t stamp_ns) {
  return BoxOverTime(window, instance).at(stamp_ns);
}

math::OrientedBox world_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                            std::int64_t stamp_ns) {
  const math::Aabb box = model_box(window, instance, stamp_ns);
  // Between milliseconds what turns quickly is not quite rigid: its middle is where its body is.
  const math::Affine3d T = T_world_model(window, instance, stamp_ns);
  return {{math::to_pose(T).rotation, T.point(box.centre())}, box.size()};
}

math::OrientedBox ego_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                          std::int64_t stamp_ns) {
  math::OrientedBox box = world_box(window, instance, stamp_ns);
  box.pose = math::to_pose(world::pose_at(*window.ego, stamp_ns)).inverse() * box.pose;
  return box;
}

namespace {

// A person stands still at speeds that only swaying has; a brake light needs a firm deceleration.
constexpr double kMovingMps = 0.1;
constexpr double kBrakingMps2 = 0.5;

void set_lamps(const asset::Model& model, const world::Lamps& lamps, std::int64_t stamp_ns,
               capture::Attributes& out) {
  out.lit = world::names_of(world::lit_lamps(model, lamps, stamp_ns));
  const bool left = lamps.indicator_left, right = lamps.indicator_right;
  out.indicator = left && right ? "hazard" : left ? "left" : right ? "right" : "off";
}

void set_motion(const world::InstanceInfo& instance, std::int64_t stamp_ns,
                capture::ObjectInWorld& object) {
  if (!instance.actor) return;
  const world::ActorState state = world::state_at(*instance.actor, stamp_ns);
  object.velocity_world_mps = state.velocity_mps;
  object.acceleration_mps2 = state.acceleration_mps2;
  object.yaw_rate_rps = state.yaw_rate_rps;
  object.attributes.moving = glm::length(state.velocity_mps) > kMovingMps;
  const asset::Model& model = *instance.actor->model;
  if (!model.lamps.empty()) set_lamps(model, state.lamps, stamp_ns, object.attributes);
  // Backwards, speed falls while the acceleration along the heading is positive.
  const math::Vec3d heading = state.T_world_actor.rotation * math::Vec3d(1, 0, 0);
  const bool backwards = glm::dot(state.velocity_mps, heading) < 0;
  const double slows_mps2 = backwards ? state.acceleration_mps2 : -state.acceleration_mps2;
  object.attributes.braking = instance.model->wheelbase_m > 0 && slows_mps2 > kBrakingMps2;
}

}  // namespace

std::vector<capture::ObjectInWorld> objects_in_world(const world::SceneWindow& window,
                                                     std::int64_t stamp_ns,
                                                     const math::Pose& T_world_ego,
                                                     const math::Pose& T_ego_sensor) {
  std::vector<const world::InstanceInfo*> labelled;
  for (const world::InstanceInfo& instance : window.instances) {
    if (has_box(instance)) labelled.push_back(&instance);
  }
  std::vector<capture::ObjectInWorld> objects(labelled.size());
  core::parallel_for(labelled.size(), [&](std::size_t k) {
    const world::InstanceInfo& instance = *labelled[k];
    capture::ObjectInWorld& object = objects[k];
    object.id = instance.id;
    object.class_id = instance.class_id;
    object.name = instance.name;
    object.type = instance.type;
    object.rides = instance.rides;
    object.box_world = world_box(window, instance, stamp_ns);
    object.box_ego = {T_world_ego.inverse() * object.box_world.pose, object.box_world.size_m};
    object.box_sensor = {T_ego_sensor.inverse() * object.box_ego.pose, object.box_world.size_m};
    object.track_size_m = instance.model->box.size();
    object.observed_ns = stamp_ns;
    object.box_ego_observed = object.box_ego;
    set_motion(instance, stamp_ns, object);
  });
  return objects;
}

}  // namespace oddroad::labels
