// 3-D boxes as scenarios/labels.md defines them, from the vertices of the meshes.
#pragma once

#include <vector>

#include "engine/math/bounds.h"
#include "engine/world/scene_window.h"

namespace oddroad::verify {

// Rest pose: all parts without mirrors, model frame.
math::Aabb rest_bounds(const asset::Model& model);

// The box of a thing over a window, model frame. Deforming things: bounds of the vertices, linear
// between whole 10 ms steps; all others: the rest pose.
class MovingBox {
 public:
  MovingBox(const world::SceneWindow& window, const world::InstanceInfo& info);
  // The instant lies inside the window.
  [[nodiscard]] math::Aabb at(std::int64_t stamp_ns) const;
  [[nodiscard]] bool rigid() const { return steps_.size() == 1; }

 private:
  std::int64_t begin_ns_;
  std::vector<math::Aabb> steps_;  // one: constant
};

// T_world_model at an instant.
math::Affine3d placement(const world::InstanceInfo& info, std::int64_t stamp_ns);

// World frame, at an instant of the window.
math::OrientedBox box_in_world(const world::SceneWindow& window, const world::InstanceInfo& info,
                               std::int64_t stamp_ns);

// How far two boxes are apart: the largest distance in metres between corners of the same name, so
// that a box that points backwards is not the same.
double corner_distance(const math::OrientedBox& a, const math::OrientedBox& b);

}  // namespace oddroad::verify
