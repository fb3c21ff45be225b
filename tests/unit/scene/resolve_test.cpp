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

// A wall beside an opening whose reveal is cut at other heights, and the back wall of the room.
math::TriangleMesh cut_wall() {
  math::TriangleMesh m;
  const auto panel = [&](float bottom, float top) {
    m.add_quad({-2, 0, bottom}, {0, 0, bottom}, {0, 0, top}, {-2, 0, top}, 0);
  };
  panel(1.1494662f, 1.9494662f);
  panel(1.9494662f, 3.4494662f);
  panel(3.4494662f, 3.6494662f);
  m.add_quad({0, 0, 1.1494662f}, {0, 2, 1.1494662f}, {0, 2, 3.6494662f}, {0, 0, 3.6494662f}, 0);
  m.add_quad({-30, 5, 0}, {9, 5, 0}, {9, 5, 5}, {-30, 5, 5}, 0);
  return m;
}

// Pixels of the column along which wall and reveal meet that show the room behind them, as cast and
// as resolved, over many places in a large world.
std::pair<int, int> leaks_through(const math::TriangleMesh& wall) {
  const auto model = tests::model_of(wall);
  auto factory = cast::make_embree_factory();
  std::pair<int, int> count;
  for (int k = 0; k < 100; ++k) {
    tests::TestWorld world;
    const double x = 100.3 + 1.37 * k, y = -70.1 + 0.91 * k;
    // Wall to the left of the line, reveal to its right.
    world.add_actor("house", model, math::pose_xyz_yaw(x, y, 0, -2.5 - 0.004 * k));
    const auto window = world.window(0, 0);
    const auto caster = (*factory)->create_at(window, 0);
    // Pixel column 50 looks straight ahead: at the line.
    const math::CameraModel camera{101, 81, 700, 700, 50.5, 40.5};
    const scene::CameraView view{camera, tests::looking_forward({x - 22, y, 2.4}), 0};
    auto record = caster->record(view);
    const auto leaks = [&] {
      int n = 0;
      for (int row = 10; row < 70; ++row) {
        n += record.triangle[static_cast<std::size_t>(row) * 101 + 50] >= 8;
      }
      return n;
    };
    count.first += leaks();
    scene::resolve_edges(window, view, *caster, record);
    count.second += leaks();
  }
  return count;
}

TEST(ResolveEdges, NothingLeaksBetweenTrianglesThatMeetInALine) {
  const auto [cast, resolved] = leaks_through(cut_wall());
  EXPECT_GT(cast, 0) << "the ray caster leaks nowhere: nothing was tested";
  EXPECT_EQ(resolved, 0);
}

}  // namespace
}  // namespace oddroad
