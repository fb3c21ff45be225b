// How far what a record shows is from the camera.
#pragma once

#include <algorithm>

#include "render/scene/pixel_geometry.h"
#include "render/scene/triangle_source.h"
#include "render/scene/visibility.h"

namespace oddroad::camera {

// Borrows all three.
class RecordDistance {
 public:
  RecordDistance(const world::SceneWindow& window, const scene::CameraView& view,
                 const scene::VisibilityRecord& record)
      : triangles_(window), view_(view), record_(record) {}

  static constexpr double kNothing_m = 1e9;

  // Along the ray through the pixel's centre; pixels outside the image take the nearest one.
  [[nodiscard]] double at(int x, int y) const {
    x = std::clamp(x, 0, record_.width_px - 1);
    y = std::clamp(y, 0, record_.height_px - 1);
    const std::size_t i = static_cast<std::size_t>(y) * record_.width_px + x;
    if (record_.drawable[i] == 0) return kNothing_m;
    const scene::ViewRay ray = view_.ray_at(x, y);
    const scene::TrianglePlane plane(
        triangles_.corners(record_.drawable[i] - 1, record_.triangle[i], ray.stamp_ns));
    return plane.meet(ray) * glm::length(ray.direction);
  }

 private:
  scene::TriangleSource triangles_;
  const scene::CameraView& view_;
  const scene::VisibilityRecord& record_;
};

}  // namespace oddroad::camera
