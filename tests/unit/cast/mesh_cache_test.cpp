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

}  // namespace
}  // namespace oddroad::cast
