#include "engine/labels/normals.h"

#include "render/scene/pixel_geometry.h"

namespace oddroad::labels {

capture::Image<math::Vec3f> normal_image(const world::SceneWindow& window,
                                         const scene::CameraView& view,
                                         const scene::VisibilityRecord& record) {
  capture::Image<math::Vec3f> out(record.width_px, record.height_px, math::Vec3f(0));
  scene::for_each_surface(
      window, view, record,
      [&](std::size_t at, const scene::ViewRay& ray, const scene::TrianglePlane& plane, double) {
        const double away = glm::dot(plane.normal(), ray.direction) > 0 ? -1 : 1;
        const auto& T = view.at_row(static_cast<int>(at) / record.width_px).T_world_camera;
        // The transpose turns world into camera; scale goes with the normalisation.
        const math::Vec3d n = glm::transpose(T.linear) * (plane.normal() * away);
        const double length = glm::length(n);
        if (length > 0) out.pixels[at] = math::Vec3f(n / length);
      });
  return out;
}

}  // namespace oddroad::labels
