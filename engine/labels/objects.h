// Boxes and tracks of the countable things in a scene window, at an instant.
#pragma once

#include <vector>

#include "engine/capture/labels.h"
#include "engine/capture/point_cloud.h"
#include "engine/world/scene_window.h"

namespace oddroad::labels {

// The model frame of an instance at an instant.
math::Affine3d T_world_model(const world::SceneWindow& window, const world::InstanceInfo& instance,
                             std::int64_t stamp_ns);

// The 3-D box in the model frame. Rigid things: the constant rest-pose body without mirrors.
// Deforming things: bounds of the vertices at that instant, linear between 10 ms steps (which
// contains every vertex in between).
math::Aabb model_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                     std::int64_t stamp_ns);

math::OrientedBox world_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                            std::int64_t stamp_ns);
// The same in the ego frame at that instant.
math::OrientedBox ego_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                          std::int64_t stamp_ns);

// Actors but the ego, and static things that carry a box.
inline bool has_box(const world::InstanceInfo& instance) {
  return !instance.is_ego && (instance.actor != nullptr || instance.labelled_box);
}

// Everything with a box, in id order, seen from a sensor mounted at T_ego_sensor. Point counts are
// 0, keypoints empty.
std::vector<capture::ObjectInWorld> objects_in_world(const world::SceneWindow& window,
                                                     std::int64_t stamp_ns,
                                                     const math::Pose& T_world_ego,
                                                     const math::Pose& T_ego_sensor);

// Fills returns_by_id and points_in_box, observed_ns and box_ego_observed: each point (raw, LiDAR
// frame, own time) against the box posed at the point's time. T_ego_lidar: the sensor's mount; the
// ego moves with the window.
void count_points(const world::SceneWindow& window, const capture::PointCloud& cloud,
                  std::int64_t sweep_stamp_ns, const math::Pose& T_ego_lidar,
                  std::vector<capture::ObjectInWorld>& objects);

}  // namespace oddroad::labels
