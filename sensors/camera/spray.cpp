#include "sensors/camera/spray.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/parallel.h"
#include "engine/world/spray.h"
#include "sensors/camera/record_distance.h"
#include "sensors/camera/streaks.h"

namespace oddroad::camera {

using math::Vec3d;
using math::Vec3f;

namespace {

struct PixelBox {
  int x0 = 1 << 30, y0 = 1 << 30, x1 = -1, y1 = -1;
};

PixelBox box_of(const std::vector<world::SprayPuff>& puffs, const scene::CameraView& view) {
  const math::Affine3d T_camera_world = view.T_world_camera.inverse();
  PixelBox out;
  for (const world::SprayPuff& puff : puffs) {
    const Vec3d at = T_camera_world.point(puff.centre);
    const auto p = at.z > 0.5 ? view.camera.project(at) : std::nullopt;
    if (!p) continue;
    const int reach = static_cast<int>(3 * puff.spread_m * view.camera.fx_px / at.z) + 1;
    out.x0 = std::min(out.x0, static_cast<int>(p->x) - reach);
    out.y0 = std::min(out.y0, static_cast<int>(p->y) - reach);
    out.x1 = std::max(out.x1, static_cast<int>(p->x) + reach);
    out.y1 = std::max(out.y1, static_cast<int>(p->y) + reach);
  }
  out.x0 = std::max(out.x0, 0);
  out.y0 = std::max(out.y0, 0);
  out.x1 = std::min(out.x1, view.camera.width_px - 1);
  out.y1 = std::min(out.y1, view.camera.height_px - 1);
  return out;
}

}  // namespace

void add_spray(const world::SceneWindow& window, const scene::CameraView& view,
               const scene::VisibilityRecord& record, capture::Image<Vec3f>& radiance) {
  const RecordDistance surface(window, view, record);
  const Surroundings lit = surroundings_of(radiance, record);
  const Vec3f light = 0.5f * (lit.around + lit.above);
  for (const auto& puffs : world::spray_in(window, view.stamp_ns)) {
    const PixelBox box = box_of(puffs, view);
    if (box.x1 < box.x0 || box.y1 < box.y0) continue;
    core::parallel_for(static_cast<std::size_t>(box.y1 - box.y0 + 1), [&](std::size_t row) {
      const int y = box.y0 + static_cast<int>(row);
      for (int x = box.x0; x <= box.x1; ++x) {
        const scene::ViewRay ray = view.ray_at(x, y);
        const double length = glm::length(ray.direction);
        if (!(length > 0)) continue;
        const Vec3d direction = ray.direction / length;
        if (world::spray_depth(puffs, ray.origin, direction, 1e9) < 2e-3) continue;
        const auto left = static_cast<float>(
            std::exp(-world::spray_depth(puffs, ray.origin, direction, surface.at(x, y))));
        Vec3f& c = radiance.at(x, y);
        c = c * left + light * (1 - left);
      }
    });
  }
}

}  // namespace oddroad::camera
