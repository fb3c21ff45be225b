#include "sensors/camera/falloff.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"

namespace oddroad::camera {

double corner_radius_px(const math::CameraModel& camera) {
  const double x = std::max(camera.cx_px, camera.width_px - camera.cx_px);
  const double y = std::max(camera.cy_px, camera.height_px - camera.cy_px);
  return std::hypot(x, y);
}

capture::Image<float> falloff_image(const CameraSettings& settings) {
  const math::CameraModel& camera = settings.camera;
  auto out = capture::Image<float>::unwritten(camera.width_px, camera.height_px);
  const double corner = corner_radius_px(camera);
  const bool natural = camera.lens != math::Lens::kKannalaBrandt;
  core::parallel_for(camera.height_px, [&](int y) {
    for (int x = 0; x < camera.width_px; ++x) {
      const double dx = x + 0.5 - camera.cx_px, dy = y + 0.5 - camera.cy_px;
      double share = 1 - settings.optics.vignetting * (dx * dx + dy * dy) / (corner * corner);
      if (natural) {
        const math::Vec3d ray =
            settings.pixel_directions
                ? (*settings.pixel_directions)[static_cast<std::size_t>(y) * camera.width_px + x]
                : camera.direction(x + 0.5, y + 0.5);
        const double length2 = glm::dot(ray, ray);
        const double cos2 = length2 > 0 ? ray.z * ray.z / length2 : 1;
        share *= cos2 * cos2;
      }
      out.at(x, y) = static_cast<float>(share);
    }
  });
  return out;
}

}  // namespace oddroad::camera
