// Corners of triangles in world coordinates. Drawables that stand still are the common case and
// cost no search in time.
#pragma once

#include <array>
#include <vector>

#include "engine/world/scene_window.h"

namespace oddroad::scene {

class TriangleSource {
 public:
  // The window must outlive it.
  explicit TriangleSource(const world::SceneWindow& window) : window_(&window) {
    for (const world::Drawable& d : window.drawables) {
      still_.push_back(d.T_world_mesh.size() == 1 && d.steps.empty());
      T_.push_back(math::to_double(d.T_world_mesh.front()));
    }
  }
  [[nodiscard]] bool still(std::uint32_t drawable) const { return still_[drawable] != 0; }
  // `drawable`: index without the + 1 of records.
  [[nodiscard]] std::array<math::Vec3d, 3> corners(std::uint32_t drawable, std::uint32_t triangle,
                                                   std::int64_t stamp_ns) const {
    const world::Drawable& d = window_->drawables[drawable];
    if (!still_[drawable]) return world::triangle_at(*window_, d, triangle, stamp_ns);
    const auto& index = d.mesh->triangles[triangle];
    const math::Affine3d& T = T_[drawable];
    return {T.point(math::Vec3d(d.mesh->positions[index[0]])),
            T.point(math::Vec3d(d.mesh->positions[index[1]])),
            T.point(math::Vec3d(d.mesh->positions[index[2]]))};
  }

 private:
  const world::SceneWindow* window_;
  std::vector<char> still_;
  std::vector<math::Affine3d> T_;
};

}  // namespace oddroad::scene
