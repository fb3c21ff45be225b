#include "engine/verify/appearance.h"

#include <algorithm>
#include <cmath>

namespace oddroad::verify {
namespace {

std::optional<Appearance> appearance_at(const View& view, const world::Actor& ego, bool at_infinity,
                                        std::int64_t stamp_ns,
                                        const std::function<math::Vec3d(std::int64_t)>& place) {
  Appearance out;
  out.stamp_ns = stamp_ns;
  out.T_world_camera = world::pose_at(ego, stamp_ns) * math::to_affine(view.camera().T_ego_camera);
  out.point = place(stamp_ns);
  const math::Affine3d T = out.T_world_camera.inverse();
  const auto image = view.lens().project(at_infinity ? T.vector(out.point) : T.point(out.point));
  if (!image) return std::nullopt;
  out.image = *image;
  return out;
}

}  // namespace

std::int64_t exposed_ns(const View& view, double v) {
  if (!view.camera().rolling) return view.stamp_ns();
  const double height = view.camera().height_px;
  const double rows = std::clamp(v, 0.5, height - 0.5) - 0.5 * height;
  return view.stamp_ns() + std::llround(rows * static_cast<double>(view.camera().row_time_ns));
}

std::optional<Appearance> find_appearance(const View& view, const world::Actor& ego,
                                          bool at_infinity,
                                          const std::function<math::Vec3d(std::int64_t)>& place) {
  if (!view.camera().rolling) {
    return appearance_at(view, ego, at_infinity, view.stamp_ns(), place);
  }
  // v - image row at v's instant grows with v as long as nothing outruns the shutter.
  double low = 0;
  double high = view.camera().height_px;
  for (int step = 0; step < 40; ++step) {
    const double v = 0.5 * (low + high);
    const auto there = appearance_at(view, ego, at_infinity, exposed_ns(view, v), place);
    if (!there) return std::nullopt;
    (there->image.y > v ? low : high) = v;
  }
  return appearance_at(view, ego, at_infinity, exposed_ns(view, 0.5 * (low + high)), place);
}

}  // namespace oddroad::verify
