// Which of a window's lights reach a place: a grid over the ground, so that a hundred lamps cost
// where they shine and nowhere else. The same window gives the same grid.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/world/scene_window.h"
#include "render/shaders/layouts.h"

namespace oddroad::scene {

// Of the lights that reach a cell, this many (the strongest) have their shadows traced.
inline constexpr std::uint32_t kShadowedLights = 4;
// Light below this illuminance is left out; so is what the sky outshines by a hundred times.
inline constexpr float kLeastLux = 0.1f;

class LightGrid {
 public:
  static constexpr double kCell_m = ODDROAD_LIGHT_CELL_M;
  static constexpr std::uint32_t kNoCell = ODDROAD_NO_CELL;
  static constexpr std::size_t kMostInCell = 24;
  static constexpr double kFarthest_m = 200;  // where even headlamps give less than a lux

  struct Cell {
    // Of the lit ground around, cd/m2 per channel; the lights that found no room in the cell are in
    // it.
    math::Vec3f ground_radiance{0};
    std::uint32_t first = 0;  // into members()
    std::uint32_t count = 0;
  };

  // least_lux: lights that give less are left out (raise it by day).
  LightGrid(const world::SceneWindow& window, float least_lux);

  // kNoCell where no light reaches.
  [[nodiscard]] std::uint32_t cell_at(const math::Vec3d& position) const;
  // Indices into SceneWindow::lights, strongest first.
  [[nodiscard]] std::span<const std::uint32_t> lights_of(std::uint32_t cell) const;

  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
  [[nodiscard]] const std::vector<std::uint32_t>& members() const { return members_; }
  [[nodiscard]] const math::Vec2d& corner() const { return corner_; }
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] int rows() const { return rows_; }

 private:
  // Fills the cells; the illuminance of each by lights that it leaves out, lux per channel.
  std::vector<math::Vec3f> place(const std::vector<world::Light>& lights,
                                 const std::vector<double>& reach_m, float least_lux);
  void light_ground(const std::vector<world::Light>& lights, const std::vector<math::Vec3f>& rest);
  struct Entry;
  // Names the lights of a cell; the illuminance by those left out.
  math::Vec3f fill(std::span<const Entry> entries, const std::vector<world::Light>& lights);
  [[nodiscard]] math::Vec2d middle(std::size_t cell) const;

  math::Vec2d corner_{0};
  int columns_ = 0;
  int rows_ = 0;
  std::vector<Cell> cells_;
  std::vector<std::uint32_t> members_;
};

// What an environment leaves to be seen of lamps: kLeastLux at night, more by day.
float least_lux(const world::Environment& environment);

}  // namespace oddroad::scene
