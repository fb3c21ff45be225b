#include "render/scene/resolve.h"

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

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
