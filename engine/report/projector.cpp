#include "engine/report/projector.h"

#include <cmath>

namespace oddroad::report {

using math::Vec2d;
using math::Vec3d;

namespace {

// Nothing nearer is drawn: it would fill the picture.
constexpr double kNearM = 0.1;

}  // namespace

Projector::Projector(const FrameView& view, int width_px)
    : view_(view),
      scale_(static_cast<double>(width_px) / view.camera.camera.width_px),
      T_camera_ego_(math::to_affine(view.camera.T_ego_camera).inverse()) {}

std::optional<Vec2d> Projector::world(const Vec3d& p) const {
  const std::int64_t stamp = view_.frame.stamp.stamp_ns;
  math::Affine3d T_world_ego = math::to_affine(view_.frame.stamp.T_world_ego);
  std::optional<Vec2d> image;
  for (int step = 0; step < 3; ++step) {
    const Vec3d q = T_camera_ego_.point(T_world_ego.inverse().point(p));
    if (view_.camera.camera.lens != math::Lens::kKannalaBrandt && q.z < kNearM) {
      return std::nullopt;
    }
    image = view_.camera.camera.project(q);
    if (!image || view_.camera.row_time_ns == 0 || view_.ego == nullptr) break;
    const double rows = image->y - 0.5 * view_.camera.camera.height_px;
    const auto offset = std::llround(rows * static_cast<double>(view_.camera.row_time_ns));
    T_world_ego = world::pose_at(*view_.ego, stamp + offset);
  }
  if (!image) return std::nullopt;
  return panel(*image);
}

std::optional<Vec2d> Projector::ego(const Vec3d& p) const {
  const Vec3d q = T_camera_ego_.point(p);
  if (view_.camera.camera.lens != math::Lens::kKannalaBrandt && q.z < kNearM) return std::nullopt;
  const auto image = view_.camera.camera.project(q);
  if (!image) return std::nullopt;
  return panel(*image);
}

void Projector::draw_line_ego(Picture& on, const Vec3d& a, const Vec3d& b, Rgb8 color,
                              double thickness, double opacity) const {
  constexpr int kPieces = 24;
  std::optional<Vec2d> before = ego(a);
  for (int k = 1; k <= kPieces; ++k) {
    const auto now = ego(a + (b - a) * (static_cast<double>(k) / kPieces));
    if (before && now && glm::length(*now - *before) < on.width_px) {
      draw_line(on, *before, *now, color, thickness, opacity);
    }
    before = now;
  }
}

}  // namespace oddroad::report
