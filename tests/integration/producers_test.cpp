// Vulkan rasterization against Embree, end to end on real scenes.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/capture/tolerances.h"
#include "engine/labels/image_objects.h"
#include "engine/labels/objects.h"
#include "engine/pipeline/clip_job.h"
#include "engine/stage/stage.h"
#include "render/cast/embree_scene.h"
#include "render/raster/raster_visibility.h"
#include "render/scene/pixel_images.h"
#include "render/scene/resolve.h"
#include "tests/integration/fixture.h"
#include "tests/integration/played_clip.h"

namespace oddroad::tests {
namespace {

struct Agreement {
  std::size_t pixels = 0;
  std::size_t ids_differ = 0;
  std::size_t differ_off_edges = 0;
  std::size_t triangles_differ = 0;
  std::size_t differ_off_centre = 0;  // triangles, and no edge within 1/128 px explains it
  std::size_t actor_pixels = 0;
  std::size_t same_triangle = 0;
  double worst_depth = 0;  // relative, where both name the same triangle
  double worst_box_px = 0;
};

bool on_id_edge(const capture::Image<std::uint16_t>& ids, int x, int y) {
  for (int j = std::max(y - 1, 0); j <= std::min(y + 1, ids.height_px - 1); ++j) {
    for (int i = std::max(x - 1, 0); i <= std::min(x + 1, ids.width_px - 1); ++i) {
      if (ids.at(i, j) != ids.at(x, y)) return true;
    }
  }
  return false;
}

double box_distance(const capture::Box2& a, const capture::Box2& b) {
  return std::max({std::abs(a.left - b.left), std::abs(a.top - b.top), std::abs(a.right - b.right),
                   std::abs(a.bottom - b.bottom)});
}

// Distance in pixels of an image point from the outline of a triangle. Infinite for triangles that
// reach behind the camera.
double outline_distance(const world::SceneWindow& window, const scene::CameraView& view,
                        std::uint32_t drawable, std::uint32_t triangle, const math::Vec2d& at) {
  const math::Affine3d T_camera_world = view.T_world_camera.inverse();
  std::array<math::Vec2d, 3> corner;
  const auto corners =
      world::triangle_at(window, window.drawables[drawable - 1], triangle, view.stamp_ns);
  for (int k = 0; k < 3; ++k) {
    const math::Vec3d p = T_camera_world.point(corners[k]);
    if (!(p.z > 0)) return std::numeric_limits<double>::infinity();
    corner[k] = {view.camera.fx_px * p.x / p.z + view.camera.cx_px,
                 view.camera.fy_px * p.y / p.z + view.camera.cy_px};
  }
  double least = std::numeric_limits<double>::infinity();
  for (int k = 0; k < 3; ++k) {
    const math::Vec2d along = corner[(k + 1) % 3] - corner[k];
    const double length2 = glm::dot(along, along);
    const double s = length2 > 0 ? glm::dot(at - corner[k], along) / length2 : 0;
    least = std::min(least, glm::length(at - corner[k] - along * std::clamp(s, 0.0, 1.0)));
  }
  return least;
}

// DESIGN: producers differ only where an edge passes within 1/128 px of the pixel's centre
// (hardware rasterizers snap vertices to 1/256 px): of a triangle that one of them names. It need
// not be one that rays see: of a sliver seen edge-on a rasterizer knows no depth, and may put it
// before what hides it.
bool edge_is_near(const world::SceneWindow& window, const scene::CameraView& view,
                  const scene::VisibilityRecord& a, const scene::VisibilityRecord& b, int x,
                  int y) {
  const std::size_t i = static_cast<std::size_t>(y) * a.width_px + x;
  const auto near = [&](const scene::VisibilityRecord& record) {
    return record.drawable[i] != 0 &&
           outline_distance(window, view, record.drawable[i], record.triangle[i],
                            {x + 0.5, y + 0.5}) <= capture::kEdgePx;
  };
  return near(a) || near(b);
}

void compare(const world::SceneWindow& window, const scene::CameraView& view,
             const scene::RayCaster& caster, const scene::VisibilityRecord& a,
             const scene::VisibilityRecord& b, Agreement& sum) {
  const auto ids_a = scene::instance_image(window, a);
  const auto ids_b = scene::instance_image(window, b);
  const auto depth_a = scene::depth_image(window, view, a);
  const auto depth_b = scene::depth_image(window, view, b);
  for (int y = 0; y < ids_a.height_px; ++y) {
    for (int x = 0; x < ids_a.width_px; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * ids_a.width_px + x;
      ++sum.pixels;
      sum.actor_pixels += ids_a.pixels[i] > 0 && ids_a.pixels[i] < 1000;
      if (ids_a.pixels[i] != ids_b.pixels[i]) {
        ++sum.ids_differ;
        sum.differ_off_edges += !on_id_edge(ids_a, x, y) && !on_id_edge(ids_b, x, y);
      }
      if (a.drawable[i] != b.drawable[i] || a.triangle[i] != b.triangle[i]) {
        ++sum.triangles_differ;
        // Faces of one thing may coincide, as those of boards nailed together do.
        const bool one_place =
            ids_a.pixels[i] == ids_b.pixels[i] && std::abs(depth_a.pixels[i] - depth_b.pixels[i]) <=
                                                      capture::kFoldShare * depth_a.pixels[i];
        sum.differ_off_centre += !one_place && !edge_is_near(window, view, a, b, x, y);
      }
      if (a.drawable[i] == 0 || a.drawable[i] != b.drawable[i] || a.triangle[i] != b.triangle[i]) {
        continue;
      }
      ++sum.same_triangle;
      const double d = depth_a.pixels[i];
      sum.worst_depth = std::max(sum.worst_depth, std::abs(d - depth_b.pixels[i]) / d);
    }
  }
  const auto objects_a = labels::objects_in_image(window, view, ids_a, depth_a, caster);
  const auto objects_b = labels::objects_in_image(window, view, ids_b, depth_b, caster);
  ASSERT_EQ(objects_a.size(), objects_b.size());
  for (std::size_t k = 0; k < objects_a.size(); ++k) {
    EXPECT_EQ(objects_a[k].id, objects_b[k].id);
    sum.worst_box_px = std::max(sum.worst_box_px, box_distance(objects_a[k].box, objects_b[k].box));
  }
}

TEST(Producers, RasterAndRaysAgreeOnTwentyFrames) {
  auto device = vulkan::Device::create({"auto", true});
  ASSERT_TRUE(device.has_value()) << core::to_string(device.error());
  auto raster = raster::RasterVisibility::create(*device);
  ASSERT_TRUE(raster.has_value()) << core::to_string(raster.error());
  const PlayedClip clip(source("scenarios/vru/child-behind-parked-van.yaml"), 0);
  const world::SceneBuilder builder(clip.timeline(), clip.stage());
  const auto& camera = clip.setup().rig.cameras.front();
  Agreement raw;
  Agreement resolved;
  for (int k = 1; k <= 20; ++k) {
    const std::int64_t stamp = clip.timeline().end_ns / 21 * k;
    const auto window = builder.window(stamp, stamp);
    const auto caster = clip.rays().create(window);
    const scene::CameraView view{
        camera.settings.camera,
        world::pose_at(*window.ego, stamp) * math::to_affine(camera.T_ego_camera), stamp};
    auto by_raster = (*raster)->render(window, view);
    ASSERT_TRUE(by_raster.has_value());
    auto by_rays = caster->record(view);
    compare(window, view, *caster, *by_raster, by_rays, raw);
    scene::resolve_edges(window, view, *caster, *by_raster);
    scene::resolve_edges(window, view, *caster, by_rays);
    compare(window, view, *caster, *by_raster, by_rays, resolved);
  }
  EXPECT_TRUE((*device)->validation_messages().empty());
  for (const Agreement& a : {raw, resolved}) {
    std::printf(
        "%zu pixels, %zu on actors: %zu ids differ (%zu off edges), %zu triangles (%zu "
        "further than 1/128 px from an edge), depth %.2g, box %.1f px\n",
        a.pixels, a.actor_pixels, a.ids_differ, a.differ_off_edges, a.triangles_differ,
        a.differ_off_centre, a.worst_depth, a.worst_box_px);
  }
  EXPECT_GE(raw.actor_pixels, 1000u);
  // Before anything is decided again, what differs is explained by the rasterizer's grid of
  // vertices.
  EXPECT_EQ(raw.differ_off_edges, 0u);
  EXPECT_EQ(raw.differ_off_centre, 0u);
  // As delivered.
  EXPECT_EQ(resolved.differ_off_edges, 0u);
  EXPECT_EQ(resolved.differ_off_centre, 0u);
  EXPECT_LE(resolved.ids_differ, resolved.pixels / 10'000);
  EXPECT_LE(resolved.worst_box_px, 1.0);
  EXPECT_LE(resolved.worst_depth, 1e-6);
}

}  // namespace
}  // namespace oddroad::tests
