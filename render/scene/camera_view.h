// A camera at one tick: which ray each image point has, and when.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/math/affine.h"
#include "engine/math/camera_model.h"

namespace oddroad::scene {

struct ViewInstant {
  std::int64_t stamp_ns = 0;
  math::Affine3d T_world_camera;
};

// A ray of an image point in world coordinates. The zero direction: the lens shows nothing there.
// direction_camera is the same in the camera frame at that instant; t counts in its length, so that
// t * direction_camera.z is the depth.
struct ViewRay {
  math::Vec3d origin{0};
  math::Vec3d direction{0};
  math::Vec3d direction_camera{0};
  std::int64_t stamp_ns = 0;
};

struct CameraView {
  math::CameraModel camera;
  math::Affine3d T_world_camera;  // at stamp_ns
  std::int64_t stamp_ns = 0;      // mid-exposure of the middle row
  std::vector<ViewInstant> rows;  // rolling shutter: one per image row; empty: global shutter
  // pixel_directions(camera) of a distorted lens; null: solved for each ray.
  std::shared_ptr<const std::vector<math::Vec3d>> pixel_directions;

  [[nodiscard]] bool rolling() const { return !rows.empty(); }
  // One matrix maps the world into the image: what a rasterizer needs.
  [[nodiscard]] bool single_projection() const {
    return camera.lens == math::Lens::kPinhole && !rolling();
  }
  // Rows beyond the image are exposed with the first or the last one.
  [[nodiscard]] ViewInstant at_row(int y) const {
    if (rows.empty()) return {stamp_ns, T_world_camera};
    return rows[static_cast<std::size_t>(std::clamp(y, 0, camera.height_px - 1))];
  }
  [[nodiscard]] std::int64_t stamp_of_row(int y) const {
    return rows.empty()
               ? stamp_ns
               : rows[static_cast<std::size_t>(std::clamp(y, 0, camera.height_px - 1))].stamp_ns;
  }
  // Through the centre of pixel (x, y), which may lie outside the image. Camera frame.
  [[nodiscard]] math::Vec3d direction_at(int x, int y) const {
    const bool inside = x >= 0 && y >= 0 && x < camera.width_px && y < camera.height_px;
    if (!pixel_directions || !inside) return camera.direction(x + 0.5, y + 0.5);
    return (*pixel_directions)[static_cast<std::size_t>(y) * camera.width_px + x];
  }
  [[nodiscard]] ViewRay ray_at(int x, int y) const {
    return make_ray(at_row(y), direction_at(x, y));
  }
  // Through any image point; exposed with the row that it lies in.
  [[nodiscard]] ViewRay ray(double u, double v) const;

  [[nodiscard]] static ViewRay make_ray(const ViewInstant& at, const math::Vec3d& direction) {
    return {at.T_world_camera.translation, at.T_world_camera.vector(direction), direction,
            at.stamp_ns};
  }
};

// When row y of an image is exposed, relative to the stamp of the frame (scenarios/labels.md).
inline std::int64_t row_offset_ns(int y, int height_px, std::int64_t row_time_ns) {
  return (2 * std::int64_t{y} + 1 - height_px) * row_time_ns / 2;
}

}  // namespace oddroad::scene
