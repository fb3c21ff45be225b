// Lamps and their grid as the shading source reads them. Internal to this module.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/world/scene_window.h"
#include "render/shaders/layouts.h"

namespace oddroad::shade {

struct LightRecords {
  glm::vec4 grid{0};  // ShadeFrame::light_grid
  std::vector<shaders::ShadeLight> lights;
  std::vector<shaders::ShadeCell> cells;
  std::vector<std::uint32_t> members;
};
LightRecords light_records(const world::SceneWindow& window);

}  // namespace oddroad::shade
