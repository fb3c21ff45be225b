#include "sensors/camera/color.h"

#include "sensors/camera/reflections.h"
#include "sensors/camera/samples.h"

namespace oddroad::camera {

core::Result<capture::Image<math::Vec3f>> radiance_image(const world::SceneWindow& window,
                                                         const scene::CameraView& view,
                                                         const scene::RayCaster& caster,
                                                         const scene::VisibilityRecord& record,
                                                         scene::Shading& shading) {
  SampleSet set = make_samples(window, view, caster, record);
  const auto reflections =
      trace_reflections(window, view, caster, shading, record.width_px, record.height_px, set);
  if (!reflections) return core::forward_error(reflections);
  // Pixels on edges are the mean of their four samples: their middles showed where light falls, and
  // need none themselves.
  for (const std::uint32_t pixel : set.edge_pixels) set.samples[pixel].drawable = 0;
  auto shaded = shading.shade(window, view, set.samples, *reflections);
  if (!shaded) return core::forward_error(shaded);
  add_seen_through(set.seen_through, *shaded);
  capture::Image<math::Vec3f> image(record.width_px, record.height_px);
  std::copy_n(shaded->begin(), image.pixels.size(), image.pixels.begin());
  for (std::size_t k = 0; k < set.edge_pixels.size(); ++k) {
    math::Vec3f sum(0);
    for (int s = 0; s < kEdgeSamples; ++s) {
      sum += (*shaded)[set.first_edge_sample + k * kEdgeSamples + s];
    }
    image.pixels[set.edge_pixels[k]] = sum / static_cast<float>(kEdgeSamples);
  }
  // Beyond the lens's circle no light arrives.
  for (int y = 0; y < image.height_px && view.camera.lens != math::Lens::kPinhole; ++y) {
    for (int x = 0; x < image.width_px; ++x) {
      if (!math::is_ray(view.direction_at(x, y))) image.at(x, y) = math::Vec3f(0);
    }
  }
  return image;
}

}  // namespace oddroad::camera
