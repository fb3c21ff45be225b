#include "render/scene/confirm.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "render/cast/embree_scene.h"
#include "render/scene/pixel_geometry.h"
#include "render/scene/pixel_images.h"
#include "render/scene/resolve.h"
#include "render/scene/triangle_source.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3d;

constexpr int kEvery = 3;  // pixels from one leaf to the next
constexpr std::uint32_t kWallTriangles = 2;
constexpr double kBehind = 1e-5;  // share of the distance

scene::CameraView looking_from(const Vec3d& position) {
  return {tests::small_camera(), tests::looking_forward(position), 0};
}

// One leaf folded along an edge that passes just beside the ray, both halves on the same side of
// it: the near one seen face to face, the far one almost edge-on.
void add_folded_leaf(math::TriangleMesh& mesh, const scene::ViewRay& ray, double range_m,
                     double angle, double beside_m, double sine) {
  const Vec3d d = glm::normalize(ray.direction);
  const Vec3d across = glm::normalize(glm::cross(d, Vec3d(0, 0, 1)));
  const Vec3d edge = std::cos(angle) * across + std::sin(angle) * glm::cross(d, across);
  const Vec3d side = glm::cross(d, edge);
  const Vec3d fold = ray.origin + d * range_m + side * beside_m;
  const auto corner = [&](const Vec3d& p) {
    return mesh.add_vertex(math::Vec3f(p), math::Vec3f(-d), {0, 0});
  };
  const std::uint32_t a = corner(fold - 0.08 * edge);
  const std::uint32_t b = corner(fold + 0.08 * edge);
  mesh.add_triangle(a, b, corner(fold - 0.06 * side), 0);
  mesh.add_triangle(a, b, corner(fold + 0.06 * (d - sine * side)), 0);
}

// A wall with a folded leaf before every third pixel, all one thing.
math::TriangleMesh leaves_before_wall(const scene::CameraView& view) {
  math::TriangleMesh mesh =
      tests::wall_mesh(static_cast<float>(view.T_world_camera.translation.x) + 60);
  core::RandomStream random(7, "leaves");
  for (int y = 1; y < view.camera.height_px; y += kEvery) {
    for (int x = 1; x < view.camera.width_px; x += kEvery) {
      add_folded_leaf(mesh, view.ray_at(x, y), 37, random.uniform(0, 6.283),
                      random.uniform(0, 4e-6), random.uniform(3e-5, 1e-3));
    }
  }
  return mesh;
}

// Pixels that show a half of a leaf which their exact ray meets, but not first. (The wall shows
// where a ray passes so near an edge that single precision misses the leaf: either answer is right
// there.)
std::size_t hidden_pixels(const world::SceneWindow& window, const scene::CameraView& view,
                          const scene::VisibilityRecord& record) {
  const scene::TriangleSource triangles(window);
  std::size_t count = 0;
  for (int y = 1; y < record.height_px; y += kEvery) {
    for (int x = 1; x < record.width_px; x += kEvery) {
      const int at = y * record.width_px + x;
      const std::uint32_t d = record.drawable[at] - 1;
      const scene::ViewRay ray = view.ray_at(x, y);
      const auto hit = [&](std::uint32_t t) {
        return scene::intersect_exact(ray.origin, ray.direction, triangles.corners(d, t, 0));
      };
      double nearest = std::numeric_limits<double>::infinity();
      for (std::uint32_t t = 0; t < window.drawables[d].mesh->triangles.size(); ++t) {
        if (const auto h = hit(t); h.inside) nearest = std::min(nearest, h.t);
      }
      if (record.triangle[at] < kWallTriangles) continue;
      const auto own = hit(record.triangle[at]);
      count += own.inside && own.t > nearest * (1 + kBehind);
    }
  }
  return count;
}

TEST(ConfirmTriangles, WhatIsSeenEdgeOnDoesNotShowThroughWhatIsBeforeIt) {
  for (const double from_m : {0.0, 20.0, 150.0}) {
    const scene::CameraView view = looking_from({from_m, 3, 1.5});
    tests::TestWorld world;
    // Placed as things are: moved and turned.
    const math::Pose place = math::pose_xyz_yaw(from_m + 30, -5, 0.5, 0.7);
    auto leaves = leaves_before_wall(view);
    for (math::Vec3f& p : leaves.positions) {
      p = math::Vec3f(math::to_affine(place).inverse().point(Vec3d(p)));
    }
    world.add_actor("tree", tests::model_of(std::move(leaves)), place);
    const auto window = world.window(0, 0);
    auto factory = cast::make_embree_factory();
    const auto caster = (*factory)->create(window);
    auto record = caster->record(view);
    const std::size_t by_single_precision = hidden_pixels(window, view, record);
    EXPECT_GT(by_single_precision, 10u) << from_m;
    scene::resolve_edges(window, view, *caster, record);
    EXPECT_EQ(hidden_pixels(window, view, record), 0u) << from_m;
  }
}

// A rasterizer that is wrong inside a thing, whose neighbourhood names that thing only.
class WrongInside : public testing::Test {
 protected:
  static constexpr int kX = 80, kY = 48;

  WrongInside() {
    world_.add_static("box", tests::model_of(tests::box_mesh({8, -4, -4}, {12, 4, 6})));
    window_ = world_.window(0, 0);
    factory_ = std::move(*cast::make_embree_factory());
    caster_ = factory_->create(window_);
    truth_ = caster_->record(view_);
    scene::resolve_edges(window_, view_, *caster_, truth_);
    raster_ = truth_;
    raster_.by_rays = false;
    raster_.grazing.clear();
  }
  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * truth_.width_px + x;
  }
  void expect_mended() {
    scene::resolve_edges(window_, view_, *caster_, raster_);
    EXPECT_EQ(raster_.drawable, truth_.drawable);
    const auto depth = scene::depth_image(window_, view_, raster_);
    EXPECT_EQ(depth.pixels, scene::depth_image(window_, view_, truth_).pixels);
  }

  const scene::CameraView view_ = looking_from({0, 0.1, 1.2});
  tests::TestWorld world_;
  world::SceneWindow window_;
  std::unique_ptr<scene::RayCasterFactory> factory_;
  std::unique_ptr<scene::RayCaster> caster_;
  scene::VisibilityRecord truth_, raster_;
};

TEST_F(WrongInside, TriangleThatTheRayMisses) {
  raster_.triangle[at(kX, kY)] = 8;  // of the side at the left
  expect_mended();
}

TEST_F(WrongInside, TriangleBehindASeam) {
  // The two of the far side: the ray passes through one of them.
  for (const std::uint32_t far : {10u, 11u}) {
    raster_.triangle[at(kX, kY)] = far;
    expect_mended();
  }
}

TEST_F(WrongInside, NothingElseIsTouched) {
  const auto before = raster_;
  EXPECT_EQ(scene::confirm_triangles(window_, view_, *caster_, {}, raster_), 0u);
  EXPECT_EQ(raster_.triangle, before.triangle);
}

}  // namespace
}  // namespace oddroad
