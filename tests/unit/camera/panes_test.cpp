#include "sensors/camera/panes.h"

#include <cmath>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "sensors/camera/samples.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3f;

constexpr float kClear = .8f;

// A sheet across the view at x, of 6 x 6 m; transmission 0 is a wall.
std::shared_ptr<const asset::Model> sheet(float x, float transmission) {
  auto model = std::make_shared<asset::Model>(*tests::model_of(tests::wall_mesh(x, 3)));
  model->materials[0].glass = transmission > 0 ? 1.f : 0.f;
  model->materials[0].transmission = Vec3f(transmission);
  return model;
}

struct Seen {
  camera::SampleSet set;
  std::vector<float> x;  // of each drawable's sheet
  std::size_t centre = 0;
};

Seen look(tests::TestWorld& world, double sun_elevation_rad = .7) {
  world.timeline().environment.sun_elevation_rad = sun_elevation_rad;
  world.timeline().environment.sun_azimuth_rad = M_PI;  // behind the camera
  const auto window = world.window(0, 0);
  auto factory = cast::make_embree_factory();
  const auto caster = (*factory)->create(window);
  const scene::CameraView view{{40, 20, 100, 100, 20, 10}, tests::looking_forward({-5, 0, 0}), 0};
  const auto record = caster->record(view);
  std::vector<float> x;
  for (const auto& d : window.drawables) x.push_back(d.mesh->positions[0].x);
  return {camera::make_samples(window, view, *caster, record), x, 10 * 40 + 20};
}

// What a sheet lets through at normal incidence: both faces mirror.
constexpr float kOneSheet = kClear * (1 - 2 * .04f / 1.04f);

TEST(Panes, ShowWhatLiesBehindThemInOrder) {
  tests::TestWorld world;
  world.add_static("near pane", sheet(10, kClear), false);
  world.add_static("far pane", sheet(12, kClear), false);
  world.add_static("wall", sheet(14, 0), false);
  const Seen seen = look(world);
  // The chain from the middle pixel: pane, pane, wall.
  std::vector<camera::SeenThrough> chain;
  auto at = static_cast<std::uint32_t>(seen.centre);
  for (const auto& s : seen.set.seen_through) {
    if (s.pane != at) continue;
    chain.push_back(s);
    at = s.behind;
  }
  ASSERT_EQ(chain.size(), 2u);
  const auto x_at = [&](std::uint32_t i) {
    return seen.x[seen.set.samples[i].drawable - 1];
  };
  EXPECT_EQ(x_at(chain[0].pane), 10);
  EXPECT_EQ(x_at(chain[0].behind), 12);
  EXPECT_EQ(x_at(chain[1].behind), 14);
  for (const auto& s : chain) EXPECT_NEAR(s.passes.x, kOneSheet, 2e-3);
  // Radiance adds up from behind.
  std::vector<Vec3f> radiance(seen.set.samples.size(), Vec3f(0));
  radiance[chain[1].behind] = Vec3f(100);
  radiance[seen.centre] = Vec3f(1);
  camera::add_seen_through(seen.set.seen_through, radiance);
  EXPECT_NEAR(radiance[seen.centre].x, 1 + 100 * kOneSheet * kOneSheet, .3);
}

TEST(Panes, LetTheSunThroughToWhatIsBehind) {
  tests::TestWorld world;
  world.add_static("pane", sheet(10, kClear), false);
  world.add_static("wall", sheet(12, 0), false);
  const Seen seen = look(world, .3);
  for (const auto& s : seen.set.seen_through) {
    if (s.pane != seen.centre) continue;
    const scene::ShadeSample& behind = seen.set.samples[s.behind];
    EXPECT_GT(behind.sun_visibility, .6f);
    EXPECT_LT(behind.sun_visibility, .85f);
    EXPECT_GT(behind.sky_visibility, .3f);
    EXPECT_LT(behind.sky_visibility, 1.f);
    return;
  }
  FAIL() << "nothing behind the pane";
}

TEST(Panes, BehindIsTheSkyWhereNothingElseIs) {
  tests::TestWorld world;
  world.add_static("pane", sheet(10, kClear), false);
  const Seen seen = look(world);
  ASSERT_FALSE(seen.set.seen_through.empty());
  for (const auto& s : seen.set.seen_through) EXPECT_EQ(seen.set.samples[s.behind].drawable, 0u);
}

TEST(Panes, OpaqueOnesAndWallsEndTheView) {
  tests::TestWorld world;
  world.add_static("wall", sheet(10, 0), false);
  world.add_static("pane", sheet(12, kClear), false);
  EXPECT_TRUE(look(world).set.seen_through.empty());
}

}  // namespace
}  // namespace oddroad
