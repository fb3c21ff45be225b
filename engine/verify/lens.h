// Image points to rays and back, by the formulas of scenarios/labels.md and OpenCV's calib3d.
// Camera frame: x right, y down, z forward; the first pixel's centre is (0.5, 0.5).
#pragma once

#include <optional>
#include <vector>

#include "engine/math/affine.h"
#include "engine/verify/records.h"

namespace oddroad::verify {

class Lens {
 public:
  explicit Lens(const CameraRecord& camera);

  // Unit ray through an image point, which may lie outside the image. Empty where the lens shows
  // nothing: further than its limit from the axis.
  [[nodiscard]] std::optional<math::Vec3d> direction(double u, double v) const;
  // Image point of a point in the camera frame; empty where the lens cannot show it.
  [[nodiscard]] std::optional<math::Vec2d> project(const math::Vec3d& p) const;
  // Image points further than this from the principal point, in focal lengths, show nothing.
  [[nodiscard]] double rim_radius() const { return rim_; }
  // The same for all points of a rectangle of the image plane.
  [[nodiscard]] bool all_beyond_rim(double left, double top, double right, double bottom) const;
  // The angle to the axis up to which the image radius grows, at most `widest_rad`: a lens is
  // one-to-one no further. The tangential part is left out.
  [[nodiscard]] double monotone_up_to_rad(double widest_rad) const;

 private:
  enum class Model { kPinhole, kBrownConrady, kKannalaBrandt };
  [[nodiscard]] math::Vec2d distort(const math::Vec2d& p) const;
  [[nodiscard]] std::optional<math::Vec2d> solve(const math::Vec2d& target,
                                                 math::Vec2d start) const;
  [[nodiscard]] std::optional<math::Vec3d> brown_direction(const math::Vec2d& target) const;
  [[nodiscard]] std::optional<math::Vec3d> fisheye_direction(const math::Vec2d& target) const;
  [[nodiscard]] double fisheye_radius(double theta) const;
  [[nodiscard]] double radial_start(double r) const;
  void find_rim();

  Model model_;
  double fx_, fy_, cx_, cy_;
  double limit_rad_;
  double k_[6] = {};  // radial
  double p_[2] = {};  // tangential
  double rim_;
  std::vector<double> radial_;  // Brown-Conrady: image radius at equal steps of the tangent
};

}  // namespace oddroad::verify
