#include "sensors/camera/lens.h"

#include "sensors/camera/falloff.h"

namespace oddroad::camera {

Lens::Lens(const CameraSettings& settings)
    : width_px_(settings.camera.width_px),
      height_px_(settings.camera.height_px),
      direct_(static_cast<float>(1 - settings.optics.bloom - settings.optics.veiling_glare)),
      falloff_(falloff_image(settings)),
      chromatic_(settings.camera, settings.optics.chromatic_shift),
      blur_(settings) {}

void Lens::gather(const capture::Image<math::Vec3f>& radiance, const CoarseImage& stray, int y,
                  RowBlock& scratch) const {
  RowBlock halo(width_px_, 0, 1);
  CoarseRow(stray, y).planes(width_px_, halo.row(0, 0), halo.row(0, 1), halo.row(0, 2));
  chromatic_.row(radiance, y, scratch.row(0, 0), scratch.row(0, 1), scratch.row(0, 2));
  const float* share = &falloff_.at(0, y);
  for (int c = 0; c < 3; ++c) {
    float* light = scratch.row(0, c);
    const float* scattered = halo.row(0, c);
    for (int x = 0; x < width_px_; ++x) {
      light[x] = (light[x] * direct_ + scattered[x]) * share[x];
    }
  }
}

}  // namespace oddroad::camera
