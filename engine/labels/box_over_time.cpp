#include "engine/labels/box_over_time.h"

#include "engine/core/check.h"

namespace oddroad::labels {
namespace {

const world::Drawable* deforming_part(const world::SceneWindow& window,
                                      const world::InstanceInfo& instance) {
  for (const std::uint32_t d : instance.drawables) {
    if (!window.drawables[d].steps.empty()) return &window.drawables[d];
  }
  return nullptr;
}

}  // namespace

BoxOverTime::BoxOverTime(const world::SceneWindow& window, const world::InstanceInfo& instance)
    : begin_ns_(window.begin_ns) {
  if (const world::Drawable* part = deforming_part(window, instance)) {
    for (const auto& step : part->steps) steps_.push_back(step->bounds);
  } else {
    steps_.push_back(instance.model->box);
  }
}

math::Aabb BoxOverTime::at(std::int64_t stamp_ns) const {
  if (steps_.size() == 1) return steps_.front();
  const std::int64_t t = stamp_ns - begin_ns_;
  const auto k = static_cast<std::size_t>(t / world::kStepNs);
  const double u = static_cast<double>(t % world::kStepNs) / world::kStepNs;
  ODDROAD_CHECK_OP(k, <, steps_.size());
  if (u == 0) return steps_[k];
  return {steps_[k].lower * (1 - u) + steps_[k + 1].lower * u,
          steps_[k].upper * (1 - u) + steps_[k + 1].upper * u};
}

}  // namespace oddroad::labels
