// Where, and in which row's instant, a moving point appears in a view. Internal to this module.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "render/scene/camera_view.h"

namespace oddroad::labels {

// Rows move on while a point is looked for. Steps of the secant rule converge within a few unless
// the point outruns the shutter; merely taking the row where it was last seen would creep where a
// point beside the camera moves almost as fast as the rows.
inline constexpr int kRowSteps = 20;
inline constexpr double kSecantPx = 1e-2;
inline constexpr double kRowsConvergedPx = 1e-5;

struct Appearance {
  math::Vec2d image;
  math::Vec3d point;  // world, at the instant; a direction for things at infinity
  scene::ViewInstant instant;
};

// A camera pose between two rows; v = r + 0.5 is the middle of row r.
inline scene::ViewInstant instant_at_height(const scene::CameraView& view, double v) {
  if (!view.rolling()) return view.at_row(0);
  const double at = std::clamp(v - 0.5, 0.0, static_cast<double>(view.rows.size() - 1));
  const auto row = static_cast<std::size_t>(at);
  if (row + 1 >= view.rows.size()) return view.rows.back();
  const double u = at - static_cast<double>(row);
  const auto& a = view.rows[row];
  const auto& b = view.rows[row + 1];
  return {a.stamp_ns + std::llround(u * static_cast<double>(b.stamp_ns - a.stamp_ns)),
          math::lerp(a.T_world_camera, b.T_world_camera, u)};
}

// `place(stamp_ns)` is the world point at an instant. Starts at row `start_v`. Empty where the lens
// cannot show the point.
template <typename Place>
std::optional<Appearance> find_appearance(const scene::CameraView& view, bool at_infinity,
                                          double start_v, const Place& place) {
  double v = start_v;
  double last_v = start_v, last_off = 0;  // of the step before
  double slope = -1;                      // of `off` over v
  std::optional<Appearance> seen;
  for (int step = 0; step < kRowSteps; ++step) {
    const scene::ViewInstant instant = instant_at_height(view, v);
    const math::Vec3d p = place(instant.stamp_ns);
    const math::Affine3d T = instant.T_world_camera.inverse();
    const auto image = view.camera.project(at_infinity ? T.vector(p) : T.point(p));
    if (!image) return std::nullopt;
    seen = Appearance{*image, p, instant};
    const double off = image->y - v;
    if (std::abs(v - last_v) > kSecantPx) slope = (off - last_off) / (v - last_v);
    const double move = slope < 0 ? -off / slope : off;
    if (!view.rolling() || std::abs(move) < kRowsConvergedPx) break;
    last_v = v;
    last_off = off;
    v += move;
  }
  return seen;
}

}  // namespace oddroad::labels
