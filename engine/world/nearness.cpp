#include "engine/world/nearness.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oddroad::world {
namespace {

using math::Vec3d;

double squared_distance(const Vec3d& p, const math::Aabb& box) {
  const Vec3d off = glm::max(glm::max(box.lower - p, p - box.upper), Vec3d(0));
  return glm::dot(off, off);
}

}  // namespace

Nearness::Nearness(const Timeline& timeline) : timeline_(timeline) {
  const Actor& ego = timeline.actors.at(timeline.ego);
  radius_m_ = 0.5 * glm::length(ego.model->box.size()) + kSensorReach_m;
  for (std::int64_t step = 0; step * kStepNs <= timeline.end_ns; ++step) {
    middle_.push_back(ego.state(step).T_world_actor * ego.model->box.centre());
  }
}

double Nearness::least_m(const StaticThing& thing) const {
  const math::Affine3d T_model_world = thing.T_world_model.inverse();
  double least = std::numeric_limits<double>::infinity();
  for (const Vec3d& middle : middle_) {
    least = std::min(least, squared_distance(T_model_world.point(middle), thing.model->box));
  }
  return std::max(0.0, std::sqrt(least) - radius_m_);
}

double Nearness::least_m(const Actor& actor) const {
  const auto first = std::max<std::int64_t>(actor.first_step, 0);
  const auto last = std::min<std::int64_t>(actor.end_ns() / kStepNs,
                                           static_cast<std::int64_t>(middle_.size()) - 1);
  double least = std::numeric_limits<double>::infinity();
  for (std::int64_t step = first; step <= last; ++step) {
    const Vec3d p =
        actor.state(step).T_world_actor.inverse() * middle_[static_cast<std::size_t>(step)];
    least = std::min(least, squared_distance(p, actor.model->box));
  }
  return std::max(0.0, std::sqrt(least) - radius_m_);
}

}  // namespace oddroad::world
