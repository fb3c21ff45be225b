#include "render/scene/pixel_images.h"

#include <algorithm>
#include <limits>

#include "engine/core/parallel.h"
#include "render/scene/pixel_runs.h"

namespace oddroad::scene {

Distances distance_images(const world::SceneWindow& window, const CameraView& view,
                          const VisibilityRecord& record, bool depth, bool range) {
  using Floats = capture::Image<float>;
  constexpr float kNothing = std::numeric_limits<float>::infinity();
  Distances out;
  if (depth) out.depth_m = Floats::unwritten(record.width_px, record.height_px);
  if (range) out.range_m = Floats::unwritten(record.width_px, record.height_px);
  for_each_run(window, view, record, [&](const PixelRun& run, const RowRays& rays) {
    const auto fill = [&](Floats& image) {
      std::fill_n(image.pixels.begin() + static_cast<std::ptrdiff_t>(run.first), run.x1 - run.x0,
                  kNothing);
    };
    if (run.plane == nullptr) {
      if (depth) fill(out.depth_m);
      if (range) fill(out.range_m);
      return;
    }
    const RunDistances t(run, rays);
    if (depth) {
      t.each([&, at = &out.depth_m.pixels[run.first]](int x, double t_x) mutable {
        *at++ = static_cast<float>(t_x * rays.camera_z(x));
      });
    }
    if (range) {
      t.each([&, at = &out.range_m.pixels[run.first]](int x, double t_x) mutable {
        *at++ = static_cast<float>(t_x * glm::length(rays.direction(x)));
      });
    }
  });
  return out;
}

namespace {

// One value per drawable, looked up at every pixel; 0 where nothing is seen.
template <typename T, typename Of>
capture::Image<T> drawable_image(const world::SceneWindow& window, const VisibilityRecord& record,
                                 const Of& of) {
  std::vector<T> values{0};
  for (const world::Drawable& d : window.drawables) values.push_back(of(d));
  auto image = capture::Image<T>::unwritten(record.width_px, record.height_px);
  core::parallel_for(record.height_px, [&](int y) {
    const std::size_t first = static_cast<std::size_t>(y) * record.width_px;
    // Pointers of its own: bytes that are written may alias everything else.
    const std::uint32_t* drawable = &record.drawable[first];
    const T* value = values.data();
    T* out = &image.pixels[first];
    for (int x = 0; x < record.width_px; ++x) out[x] = value[drawable[x]];
  });
  return image;
}

}  // namespace

capture::Image<std::uint16_t> instance_image(const world::SceneWindow& window,
                                             const VisibilityRecord& record) {
  return drawable_image<std::uint16_t>(window, record, [](const world::Drawable& d) {
    return d.instance.value;
  });
}

capture::Image<std::uint8_t> class_image(const world::SceneWindow& window,
                                         const VisibilityRecord& record) {
  return drawable_image<std::uint8_t>(window, record, [](const world::Drawable& d) {
    return d.class_id.value;
  });
}

}  // namespace oddroad::scene
