#include "sensors/camera/occlusion.h"

#include "engine/core/parallel.h"
#include "sensors/camera/lamp_shadows.h"
#include "sensors/camera/sky_light.h"
#include "sensors/camera/sun_light.h"

namespace oddroad::camera {
namespace {

std::vector<Place> find_places(const world::SceneWindow& window, const scene::CameraView& view,
                               const SampleLayout& layout,
                               const std::vector<scene::ShadeSample>& samples) {
  const scene::TriangleSource triangles(window);
  std::vector<Place> places(samples.size());
  core::parallel_chunks(samples.size(), 4096, [&](std::size_t begin, std::size_t end) {
    PlaceFinder finder(triangles);
    for (std::size_t i = begin; i != end; ++i) {
      if (samples[i].drawable == 0) continue;
      places[i] = finder.find(ray_of(view, samples[i], i < layout.pixel_samples), samples[i]);
    }
  });
  return places;
}

}  // namespace

void trace_occlusion(const world::SceneWindow& window, const scene::CameraView& view,
                     const scene::RayCaster& caster, const SampleLayout& layout,
                     std::vector<scene::ShadeSample>& samples) {
  const std::vector<Place> places = find_places(window, view, layout, samples);
  trace_sun(window, view, caster, layout, places, samples);
  trace_sky(view, caster, layout, places, samples);
  trace_lamps(window, view, caster, layout, places, samples);
}

}  // namespace oddroad::camera
