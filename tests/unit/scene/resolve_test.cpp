#include "render/scene/resolve.h"

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3d;

TEST(IntersectExact, TiltedPlaneMeetsClosedForm) {
  // Plane x + z = 12: along direction (1, 0, 0.5) from the origin, t = 12 / 1.5 = 8.
  const std::array<Vec3d, 3> triangle = {Vec3d(12, -50, 0), Vec3d(-8, 0, 20), Vec3d(12, 50, 0)};
  const auto hit = scene::intersect_exact({0, 0, 0}, {1, 0, 0.5}, triangle);
  EXPECT_TRUE(hit.inside);
  EXPECT_NEAR(hit.t, 8, 1e-12);
}

TEST(IntersectExact, OutsideStaysWithinTheCorners) {
  const std::array<Vec3d, 3> triangle = {Vec3d(5, 1, 0), Vec3d(9, 2, 0), Vec3d(7, 1.2, 1e-6)};
  const auto hit = scene::intersect_exact({0, 0, 0}, {1, 0, 0}, triangle);
  EXPECT_FALSE(hit.inside);
  EXPECT_GE(hit.t, 5);
  EXPECT_LE(hit.t, 9);
}

TEST(IntersectExact, DegenerateTriangleIsNotHit) {
  const std::array<Vec3d, 3> triangle = {Vec3d(5, 0, 0), Vec3d(5, 0, 0), Vec3d(6, 0, 0)};
  EXPECT_FALSE(scene::intersect_exact({0, 0, 0}, {1, 0, 0}, triangle).inside);
}

TEST(ResolveEdges, RepairsAProducerThatIsOffByAPixelAtSilhouettes) {
  tests::TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(30)));
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2})),
                  math::pose_xyz_yaw(8, 0.2, 0, 0.5));
  const auto window = world.window(0, 0);
  auto factory = cast::make_embree_factory();
  const auto caster = (*factory)->create(window);
  const scene::CameraView view{tests::small_camera(), tests::looking_forward({0, 0, 1.2}), 0};
  auto truth = caster->record(view);
  scene::resolve_edges(window, view, *caster, truth);
  // A producer that shifts every row right by one pixel.
  auto shifted = truth;
  shifted.by_rays = false;
  for (int y = 0; y < truth.height_px; ++y) {
    for (int x = 1; x < truth.width_px; ++x) {
      shifted.drawable[y * truth.width_px + x] = truth.drawable[y * truth.width_px + x - 1];
      shifted.triangle[y * truth.width_px + x] = truth.triangle[y * truth.width_px + x - 1];
    }
  }
  ASSERT_NE(shifted.drawable, truth.drawable);
  EXPECT_GT(scene::resolve_edges(window, view, *caster, shifted), 0u);
  EXPECT_EQ(shifted.drawable, truth.drawable);
}

}  // namespace
}  // namespace oddroad
