#include "engine/pipeline/tick_scene.h"

#include <algorithm>

namespace oddroad::pipeline {

std::unique_ptr<TickScene> TickScenes::make(std::size_t tick) const {
  const TickPlan& plan = ticks_.at(tick);
  auto scene = std::make_unique<TickScene>();
  scene->stamp_ns = plan.stamp_ns;
  scene->window = builder_.window(plan.begin_ns, plan.end_ns, plan.stamp_ns);
  scene->caster = plan.begin_ns == plan.end_ns ? rays_.create_at(scene->window, plan.begin_ns)
                                               : rays_.create(scene->window);
  scene->T_world_ego = world::pose_at(*scene->window.ego, plan.stamp_ns);
  return scene;
}

const TickScene* TickScenes::find(std::size_t tick) const {
  for (const auto& [known, scene] : made_) {
    if (known == tick) return scene.get();
  }
  return nullptr;
}

const TickScene& TickScenes::at(std::size_t tick) {
  if (const TickScene* known = find(tick)) return *known;
  made_.emplace_back(tick, make(tick));
  return *made_.back().second;
}

void TickScenes::keep(std::size_t tick, std::unique_ptr<TickScene> scene) {
  if (find(tick) == nullptr) made_.emplace_back(tick, std::move(scene));
}

void TickScenes::forget_before(std::size_t tick) {
  std::erase_if(made_, [&](const auto& entry) {
    return entry.first < tick;
  });
}

std::optional<std::size_t> neighbour_tick(const std::vector<TickPlan>& ticks, std::size_t tick,
                                          std::size_t camera, int step) {
  while (true) {
    if (step < 0 ? tick == 0 : tick + 1 >= ticks.size()) return std::nullopt;
    tick = step < 0 ? tick - 1 : tick + 1;
    const auto& cameras = ticks[tick].cameras;
    if (std::any_of(cameras.begin(), cameras.end(), [&](const Trigger& t) {
          return t.sensor == camera;
        })) {
      return tick;
    }
  }
}

}  // namespace oddroad::pipeline
