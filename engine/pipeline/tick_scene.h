// The world at the ticks of a clip, made when first looked at.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "engine/pipeline/schedule.h"
#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"

namespace oddroad::pipeline {

// A window and what sees it; stays where it was made.
struct TickScene {
  std::int64_t stamp_ns = 0;
  world::SceneWindow window;
  std::unique_ptr<scene::RayCaster> caster;
  math::Affine3d T_world_ego;  // at the stamp
};

// Keeps the scenes of a few neighbouring ticks: flow looks one frame back and one ahead.
class TickScenes {
 public:
  // Borrows everything.
  TickScenes(const world::SceneBuilder& builder, scene::RayCasterFactory& rays,
             const std::vector<TickPlan>& ticks)
      : builder_(builder), rays_(rays), ticks_(ticks) {}

  const TickScene& at(std::size_t tick);
  // The scene of a tick that is not looked at yet, made beside other work (also beside at), and put
  // in for when it is.
  [[nodiscard]] std::unique_ptr<TickScene> make(std::size_t tick) const;
  void keep(std::size_t tick, std::unique_ptr<TickScene> scene);
  // Forgets what lies before a tick.
  void forget_before(std::size_t tick);

 private:
  [[nodiscard]] const TickScene* find(std::size_t tick) const;

  const world::SceneBuilder& builder_;
  scene::RayCasterFactory& rays_;
  const std::vector<TickPlan>& ticks_;
  std::deque<std::pair<std::size_t, std::unique_ptr<TickScene>>> made_;
};

// The tick before or after `tick` (step -1 or +1) at which a camera fires; none at the clip's ends.
std::optional<std::size_t> neighbour_tick(const std::vector<TickPlan>& ticks, std::size_t tick,
                                          std::size_t camera, int step);

}  // namespace oddroad::pipeline
