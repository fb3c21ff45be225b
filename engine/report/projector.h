// From world and ego coordinates into a panel of one camera frame, through lens and shutter.
#pragma once

#include <optional>

#include "engine/report/camera_panels.h"

namespace oddroad::report {

class Projector {
 public:
  // Panels are `width_px` wide. Borrows the view.
  Projector(const FrameView& view, int width_px);

  // A point that does not move, world frame; seen when its row is exposed.
  [[nodiscard]] std::optional<math::Vec2d> world(const math::Vec3d& p) const;
  // In the ego frame at the instant at which it is seen.
  [[nodiscard]] std::optional<math::Vec2d> ego(const math::Vec3d& p) const;
  // Image coordinates of the camera to those of the panel.
  [[nodiscard]] math::Vec2d panel(const math::Vec2d& image) const { return image * scale_; }

  // A straight line in the ego frame; bent where the lens bends it, cut where it shows nothing.
  void draw_line_ego(Picture& on, const math::Vec3d& a, const math::Vec3d& b, Rgb8 color,
                     double thickness = 1, double opacity = 0.85) const;

 private:
  const FrameView& view_;
  double scale_;
  math::Affine3d T_camera_ego_;
};

}  // namespace oddroad::report
