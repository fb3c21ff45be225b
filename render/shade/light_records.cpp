#include "render/shade/light_records.h"

#include <bit>

#include "render/scene/light_grid.h"

namespace oddroad::shade {

LightRecords light_records(const world::SceneWindow& window) {
  const scene::LightGrid grid(window, scene::least_lux(window.environment));
  LightRecords out;
  out.grid = {grid.corner().x, grid.corner().y, grid.columns(), grid.rows()};
  for (const world::Light& light : window.lights) {
    const bool mirrored = glm::dot(glm::cross(light.up, light.axis), light.left) < 0;
    out.lights.push_back({glm::vec4(math::Vec3f(light.position), light.radius_m),
                          glm::vec4(math::Vec3f(light.axis), light.exponent),
                          glm::vec4(math::Vec3f(light.up), std::bit_cast<float>(light.beam)),
                          glm::vec4(light.candela, mirrored ? -1 : 1)});
  }
  for (const scene::LightGrid::Cell& cell : grid.cells()) {
    out.cells.push_back(
        {glm::vec4(cell.ground_radiance, std::bit_cast<float>(cell.first)), {cell.count, 0, 0, 0}});
  }
  out.members = grid.members();
  // Without lamps: four dark cells, since the source reads the cells around a place in any case.
  if (out.cells.empty()) {
    out.grid = {0, 0, 2, 2};
    out.cells.resize(4);
  }
  return out;
}

}  // namespace oddroad::shade
