// Looks at a small world with any camera and keeps what labels need.
#pragma once

#include <memory>

#include <gtest/gtest.h>

#include "engine/labels/flow.h"
#include "engine/labels/image_objects.h"
#include "engine/labels/normals.h"
#include "render/cast/embree_scene.h"
#include "render/scene/pixel_images.h"
#include "render/scene/resolve.h"
#include "tests/common/test_world.h"

namespace oddroad::tests {

class Look {
 public:
  Look(const TestWorld& world, const scene::CameraView& from)
      : factory_(std::move(*cast::make_embree_factory())), view(from) {
    const bool rolling = view.rolling();
    window = world.window(rolling ? view.rows.front().stamp_ns : view.stamp_ns,
                          rolling ? view.rows.back().stamp_ns : view.stamp_ns);
    caster = factory_->create(window);
    record = caster->record(view);
    scene::resolve_edges(window, view, *caster, record);
    ids = scene::instance_image(window, record);
    distances = scene::distance_images(window, view, record, true, true);
  }
  [[nodiscard]] std::vector<capture::ObjectInImage> objects() const {
    const bool by_range = labels::ranked_by_range(view);
    return labels::objects_in_image(window, view, ids,
                                    by_range ? distances.range_m : distances.depth_m, *caster);
  }
  [[nodiscard]] capture::FlowImage flow_to(const Look& other) const {
    return labels::flow_image({window, view, *caster}, record,
                              {other.window, other.view, *other.caster});
  }

 private:
  std::unique_ptr<scene::RayCasterFactory> factory_;

 public:
  scene::CameraView view;
  world::SceneWindow window;
  std::unique_ptr<scene::RayCaster> caster;
  scene::VisibilityRecord record;
  capture::Image<std::uint16_t> ids;
  scene::Distances distances;
};

// A camera that stands still at `from` and looks along world x, with rolling rows.
inline scene::CameraView rolling_view(const math::CameraModel& camera, const math::Vec3d& from,
                                      std::int64_t stamp_ns, std::int64_t row_time_ns) {
  scene::CameraView view{camera, looking_forward(from), stamp_ns};
  for (int y = 0; y < camera.height_px; ++y) {
    view.rows.push_back(
        {stamp_ns + scene::row_offset_ns(y, camera.height_px, row_time_ns), view.T_world_camera});
  }
  return view;
}

}  // namespace oddroad::tests
