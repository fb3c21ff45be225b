// The rays through the pixel centres of an image row.
#pragma once

#include <algorithm>

#include "render/scene/camera_view.h"

namespace oddroad::scene {

// A pinhole's directions grow evenly along a row: no division and no
// matrix for each pixel.
class RowRays {
 public:
  RowRays(const CameraView& view, int y) : view_(view), y_(y), instant_(view.at_row(y)) {
    if (view.camera.lens != math::Lens::kPinhole) return;
    even_ = true;
    first_camera_ = view.camera.direction(0.5, y + 0.5);
    step_camera_ = 1 / view.camera.fx_px;
    first_ = instant_.T_world_camera.vector(first_camera_);
    step_ = instant_.T_world_camera.linear[0] * step_camera_;
    for (const math::Vec3d& end : {first_, first_ + step_ * (view.camera.width_px - 1.0)}) {
      longest2_ = std::max(longest2_, glm::dot(end, end));
    }
  }
  [[nodiscard]] const ViewInstant& instant() const { return instant_; }
  // Then direction of pixel x = first() + x * step(), in the world.
  [[nodiscard]] bool even() const { return even_; }
  [[nodiscard]] const math::Vec3d& first() const { return first_; }
  [[nodiscard]] const math::Vec3d& step() const { return step_; }
  // No even direction of the row is longer: its square.
  [[nodiscard]] double longest2() const { return longest2_; }
  // In the world; zero where the lens shows nothing.
  [[nodiscard]] math::Vec3d direction(int x) const {
    if (even_) return first_ + step_ * static_cast<double>(x);
    return instant_.T_world_camera.vector(view_.direction_at(x, y_));
  }
  [[nodiscard]] ViewRay at(int x) const {
    if (!even_) return CameraView::make_ray(instant_, view_.direction_at(x, y_));
    return {instant_.T_world_camera.translation,
            direction(x),
            {first_camera_.x + step_camera_ * x, first_camera_.y, 1},
            instant_.stamp_ns};
  }
  // What turns t into depth.
  [[nodiscard]] double camera_z(int x) const { return even_ ? 1 : view_.direction_at(x, y_).z; }

 private:
  const CameraView& view_;
  int y_;
  ViewInstant instant_;
  bool even_ = false;
  math::Vec3d first_{0}, step_{0}, first_camera_{0};
  double step_camera_ = 0;
  double longest2_ = 0;
};

}  // namespace oddroad::scene
