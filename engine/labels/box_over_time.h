// The 3-D box of one instance in its model frame, over a scene window.
#pragma once

#include <vector>

#include "engine/world/scene_window.h"

namespace oddroad::labels {

// Computed once: at 10 ms steps for deforming things, whose box at an instant is linear between
// them; constant for all else. Borrows the window.
class BoxOverTime {
 public:
  BoxOverTime(const world::SceneWindow& window, const world::InstanceInfo& instance);
  // At an instant of the window.
  [[nodiscard]] math::Aabb at(std::int64_t stamp_ns) const;

 private:
  std::int64_t begin_ns_;
  std::vector<math::Aabb> steps_;
};

}  // namespace oddroad::labels
