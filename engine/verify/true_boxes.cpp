#include "engine/verify/true_boxes.h"

#include <algorithm>

namespace oddroad::verify {

using math::Vec3d;

namespace {

math::Aabb bounds_of(const std::vector<math::Vec3f>& positions) {
  math::Aabb box;
  for (const math::Vec3f& p : positions) box.include(Vec3d(p));
  return box;
}

}  // namespace

math::Aabb rest_bounds(const asset::Model& model) {
  math::Aabb box;
  for (const asset::Part& part : model.parts) {
    if (part.role == asset::PartRole::kMirror) continue;
    for (const math::Vec3f& p : part.mesh->positions)
      box.include(part.T_model_part.point(Vec3d(p)));
  }
  return box;
}

MovingBox::MovingBox(const world::SceneWindow& window, const world::InstanceInfo& info)
    : begin_ns_(window.begin_ns) {
  for (const std::uint32_t d : info.drawables) {
    const auto& steps = window.drawables[d].steps;
    if (steps_.size() < steps.size()) steps_.resize(steps.size());
    for (std::size_t k = 0; k < steps.size(); ++k)
      steps_[k].include(bounds_of(steps[k]->positions));
  }
  if (steps_.empty()) steps_.push_back(rest_bounds(*info.model));
}

math::Aabb MovingBox::at(std::int64_t stamp_ns) const {
  if (rigid()) return steps_.front();
  const std::int64_t t = stamp_ns - begin_ns_;
  const auto k = std::min(static_cast<std::size_t>(t / world::kStepNs), steps_.size() - 2);
  const double share =
      static_cast<double>(t - static_cast<std::int64_t>(k) * world::kStepNs) / world::kStepNs;
  const math::Aabb &a = steps_[k], &b = steps_[k + 1];
  return {a.lower * (1 - share) + b.lower * share, a.upper * (1 - share) + b.upper * share};
}

math::Affine3d placement(const world::InstanceInfo& info, std::int64_t stamp_ns) {
  return info.actor != nullptr ? world::pose_at(*info.actor, stamp_ns) : info.T_world_model;
}

math::OrientedBox box_in_world(const world::SceneWindow& window, const world::InstanceInfo& info,
                               std::int64_t stamp_ns) {
  const math::Aabb box = MovingBox(window, info).at(stamp_ns);
  const math::Affine3d T = placement(info, stamp_ns);
  return {{math::to_pose(T).rotation, T.point(box.centre())}, box.size()};
}

double corner_distance(const math::OrientedBox& a, const math::OrientedBox& b) {
  const auto from = a.corners(), to = b.corners();
  double worst = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const double distance = glm::length(from[i] - to[i]);
    if (!(distance <= worst)) worst = distance;  // NaN stays
  }
  return worst;
}

}  // namespace oddroad::verify
