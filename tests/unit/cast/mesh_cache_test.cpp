#include <gtest/gtest.h>

#include "engine/math/camera_model.h"  // test_world.h
#include "render/cast/embree_trees.h"
#include "tests/common/test_world.h"

namespace oddroad::cast {
namespace {

world::Drawable drawable_of(const std::shared_ptr<const asset::Model>& model) {
  world::Drawable out;
  out.model = model;
  out.mesh = model->parts.front().mesh.get();
  out.T_world_mesh.resize(1);
  return out;
}

TEST(MeshCache, TreesGoWithTheirModels) {
  const DeviceHandle device(rtcNewDevice(nullptr), rtcReleaseDevice);
  MeshCache cache(device);
  auto stays = tests::model_of(tests::wall_mesh(10));
  auto goes = tests::model_of(tests::wall_mesh(20));
  const SceneHandle first = cache.rigid(drawable_of(stays));
  cache.rigid(drawable_of(goes));
  EXPECT_EQ(cache.drop_dead(), 2u);
  EXPECT_EQ(cache.rigid(drawable_of(stays)), first);
  goes.reset();
  EXPECT_EQ(cache.drop_dead(), 1u);
  EXPECT_EQ(cache.rigid(drawable_of(stays)), first);
  stays.reset();
  EXPECT_EQ(cache.drop_dead(), 0u);
}

// A window with one drawable, `x_m` along the road.
world::SceneWindow window_of(const std::shared_ptr<const asset::Model>& model, float x_m) {
  world::SceneWindow window;
  window.drawables.push_back(drawable_of(model));
  window.drawables[0].T_world_mesh[0].translation.x = x_m;
  return window;
}

TEST(MeshCache, PreparedTreesAreThoseAskedForLater) {
  const DeviceHandle device(rtcNewDevice(nullptr), rtcReleaseDevice);
  MeshCache cache(device);
  const auto known = tests::model_of(tests::wall_mesh(10));
  const SceneHandle before = cache.rigid(drawable_of(known));
  world::SceneWindow window;
  for (const auto& model : {known, tests::model_of(tests::wall_mesh(20))}) {
    for (int copies = 0; copies < 3; ++copies) window.drawables.push_back(drawable_of(model));
  }
  cache.prepare(window);
  EXPECT_EQ(cache.drop_dead(), 2u);
  EXPECT_EQ(cache.rigid(window.drawables[0]), before);
  const SceneHandle fresh = cache.rigid(window.drawables[3]);
  cache.prepare(window);
  EXPECT_EQ(cache.rigid(window.drawables[5]), fresh);
}

TEST(AloneCache, TreesOfStandingThingsStayWithTheirModels) {
  const DeviceHandle device(rtcNewDevice(nullptr), rtcReleaseDevice);
  MeshCache meshes(device);
  AloneCache cache;
  auto model = tests::model_of(tests::wall_mesh(10));
  const auto tree = [&](const world::SceneWindow& window) {
    const std::vector<Instance> alone{{0, meshes.rigid(window.drawables[0])}};
    return cache.get(device.get(), window, time_slices(window)[0], alone, 0);
  };
  const SceneHandle first = tree(window_of(model, 1));
  EXPECT_EQ(tree(window_of(model, 1)), first);  // another window, the same place
  EXPECT_NE(tree(window_of(model, 2)), first);
  EXPECT_EQ(cache.begin_window(), 2u);

  world::SceneWindow moving = window_of(model, 1);
  moving.end_ns = world::kMillisecondNs;
  moving.drawables[0].T_world_mesh.push_back(moving.drawables[0].T_world_mesh[0]);
  EXPECT_NE(tree(moving), first);
  moving = {};
  EXPECT_EQ(cache.begin_window(), 2u);  // what moves is not kept

  model.reset();
  EXPECT_EQ(cache.begin_window(), 0u);
}

// A model that is used in clip after clip stands at another place in each.
TEST(AloneCache, PlacesThatAreNotLookedAtAreForgotten) {
  const DeviceHandle device(rtcNewDevice(nullptr), rtcReleaseDevice);
  MeshCache meshes(device);
  AloneCache cache;
  const auto model = tests::model_of(tests::wall_mesh(10));
  const auto look_at = [&](float x_m) {
    const world::SceneWindow window = window_of(model, x_m);
    return cache.get(device.get(), window, time_slices(window)[0],
                     {{0, meshes.rigid(window.drawables[0])}}, 0);
  };
  const SceneHandle stays = look_at(-1);
  for (std::size_t k = 0; k < 3 * AloneCache::kWindows; ++k) {
    look_at(static_cast<float>(k));
    EXPECT_EQ(look_at(-1), stays);
    EXPECT_LE(cache.begin_window(), AloneCache::kWindows + 1);
  }
  EXPECT_EQ(cache.begin_window(), AloneCache::kWindows);
}

}  // namespace
}  // namespace oddroad::cast
