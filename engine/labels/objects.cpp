#include "engine/labels/objects.h"

#include <algorithm>

#include "engine/capture/tolerances.h"
#include "engine/core/check.h"
#include "engine/core/parallel.h"

namespace oddroad::labels {

using math::Vec3d;

namespace {

math::Aabb bounds_of(const std::vector<math::Vec3f>& positions) {
  math::Aabb box;
  for (const math::Vec3f& p : positions) box.include(Vec3d(p));
  return box;
}

const world::Drawable* deforming_part(const world::SceneWindow& window,
                                      const world::InstanceInfo& instance) {
  for (const std::uint32_t d : instance.drawables) {
    if (!window.drawables[d].steps.empty()) return &window.drawables[d];
  }
  return nullptr;
}

// Boxes of one instance over a window, computed once: at 10 ms steps for deforming things, whose
// box at an instant is linear between them.
class BoxOverTime {
 public:
  BoxOverTime(const world::SceneWindow& window, const world::InstanceInfo& instance)
      : window_(window), instance_(instance) {
    if (const world::Drawable* part = deforming_part(window, instance)) {
      for (const auto& step : part->steps) steps_.push_back(bounds_of(step->positions));
    } else {
      steps_.push_back(instance.model->box);
    }
  }

  [[nodiscard]] math::Aabb model_box(std::int64_t stamp_ns) const {
    if (steps_.size() == 1) return steps_.front();
    const std::int64_t t = stamp_ns - window_.begin_ns;
    const auto k = static_cast<std::size_t>(t / world::kStepNs);
    const double u = static_cast<double>(t % world::kStepNs) / world::kStepNs;
    ODDROAD_CHECK_OP(k, <, steps_.size());
    if (u == 0) return steps_[k];
    return {steps_[k].lower * (1 - u) + steps_[k + 1].lower * u,
            steps_[k].upper * (1 - u) + steps_[k + 1].upper * u};
  }

  // Point in the box posed at its instant, without building a quaternion for each point.
  [[nodiscard]] bool contains(const Vec3d& p_world, std::int64_t stamp_ns) const {
    const math::Aabb box = model_box(stamp_ns);
    const math::Affine3d T = T_world_model(window_, instance_, stamp_ns);
    const Vec3d p = T.inverse().point(p_world);
    return glm::all(glm::greaterThanEqual(p, box.lower - capture::kBoxMarginM)) &&
           glm::all(glm::lessThanEqual(p, box.upper + capture::kBoxMarginM));
  }

 private:
  const world::SceneWindow& window_;
  const world::InstanceInfo& instance_;
  std::vector<math::Aabb> steps_;
};

std::vector<Vec3d> points_in_world(const world::SceneWindow& window,
                                   const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
                                   const math::Pose& T_ego_lidar) {
  // Poses at whole milliseconds; between them motion is linear.
  std::vector<math::Affine3d> T_world_lidar;
  const math::Affine3d mount = math::to_affine(T_ego_lidar);
  for (std::int64_t t = window.begin_ns; t <= window.end_ns; t += world::kMillisecondNs) {
    T_world_lidar.push_back(world::pose_at_millisecond(*window.ego, t / world::kMillisecondNs) *
                            mount);
  }
  std::vector<Vec3d> points(cloud.size());
  constexpr std::size_t kChunk = 4096;
  core::parallel_chunks(cloud.size(), kChunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i != end; ++i) {
      const std::int64_t t = sweep_stamp_ns + cloud.time_offset_ns[i] - window.begin_ns;
      const auto k = static_cast<std::size_t>(t / world::kMillisecondNs);
      const double u = static_cast<double>(t % world::kMillisecondNs) /
                       static_cast<double>(world::kMillisecondNs);
      const Vec3d p(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]);
      points[i] = T_world_lidar[k].point(p);
      if (u > 0) points[i] = points[i] * (1 - u) + T_world_lidar[k + 1].point(p) * u;
    }
  });
  return points;
}

}  // namespace

math::Affine3d T_world_model(const world::SceneWindow&, const world::InstanceInfo& instance,
                             std::int64_t stamp_ns) {
  return instance.actor ? world::pose_at(*instance.actor, stamp_ns) : instance.T_world_model;
}

math::Aabb model_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                     std::int64_t stamp_ns) {
  return BoxOverTime(window, instance).model_box(stamp_ns);
}

math::OrientedBox world_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                            std::int64_t stamp_ns) {
  const math::Aabb box = model_box(window, instance, stamp_ns);
  math::Pose pose = math::to_pose(T_world_model(window, instance, stamp_ns));
  pose.translation = pose * box.centre();
  return {pose, box.size()};
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

void set_motion(const world::InstanceInfo& instance, std::int64_t stamp_ns,
                capture::ObjectInWorld& object) {
  if (!instance.actor) return;
  const world::ActorState state = world::state_at(*instance.actor, stamp_ns);
  object.velocity_world_mps = state.velocity_mps;
  object.acceleration_mps2 = state.acceleration_mps2;
  object.yaw_rate_rps = state.yaw_rate_rps;
  object.attributes.moving = glm::length(state.velocity_mps) > kMovingMps;
  object.attributes.braking =
      instance.model->wheelbase_m > 0 && state.acceleration_mps2 < -kBrakingMps2;
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

void count_points(const world::SceneWindow& window, const capture::PointCloud& cloud,
                  std::int64_t sweep_stamp_ns, const math::Pose& T_ego_lidar,
                  std::vector<capture::ObjectInWorld>& objects) {
  const std::vector<Vec3d> points = points_in_world(window, cloud, sweep_stamp_ns, T_ego_lidar);
  std::vector<std::int64_t> by_id(65536, 0);
  std::vector<std::int64_t> time_sum(65536, 0);
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    ++by_id[cloud.instance[i]];
    time_sum[cloud.instance[i]] += cloud.time_offset_ns[i];
  }
  core::parallel_for(objects.size(), [&](std::size_t k) {
    capture::ObjectInWorld& object = objects[k];
    object.returns_by_id = by_id[object.id.value];
    const world::InstanceInfo* instance = window.find(object.id);
    ODDROAD_CHECK(instance != nullptr);
    if (object.returns_by_id > 0) {
      const std::int64_t sum = time_sum[object.id.value];
      const std::int64_t n = object.returns_by_id;
      object.observed_ns = sweep_stamp_ns + sum / n - (sum % n < 0 ? 1 : 0);  // rounded down
      object.box_ego_observed = ego_box(window, *instance, object.observed_ns);
    }
    const BoxOverTime box(window, *instance);
    // Nothing moves further than this from the box's centre at the stamp during half a sweep.
    const double reach = 0.5 * glm::length(object.track_size_m) + 1.0 +
                         0.06 * glm::length(object.velocity_world_mps);
    const Vec3d centre = object.box_world.pose.translation;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Vec3d offset = points[i] - centre;
      if (glm::dot(offset, offset) > reach * reach) continue;
      object.points_in_box +=
          box.contains(points[i], sweep_stamp_ns + cloud.time_offset_ns[i]) ? 1 : 0;
    }
  });
}

}  // namespace oddroad::labels
