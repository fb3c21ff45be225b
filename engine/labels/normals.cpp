#include "engine/labels/normals.h"

#include "render/scene/pixel_runs.h"

namespace oddroad::labels {

capture::Image<math::Vec3f> normal_image(const world::SceneWindow& window,
                                         const scene::CameraView& view,
                                         const scene::VisibilityRecord& record) {
  auto out = capture::Image<math::Vec3f>::unwritten(record.width_px, record.height_px);
  scene::for_each_run(
      window, view, record, [&](const scene::PixelRun& run, const scene::RowRays& rays) {
        // The transpose turns world into camera; scale goes with the normalisation.
        const math::Vec3d n =
            run.plane == nullptr
                ? math::Vec3d(0)
                : glm::transpose(rays.instant().T_world_camera.linear) * run.plane->normal();
        const double length = glm::length(n);
        const math::Vec3f toward(length > 0 ? n / length : math::Vec3d(0));
        for (int x = run.x0; x < run.x1; ++x) {
          const bool away = glm::dot(n, rays.at(x).direction_camera) > 0;
          out.pixels[run.first + (x - run.x0)] = away ? -toward : toward;
        }
      });
  return out;
}

}  // namespace oddroad::labels
