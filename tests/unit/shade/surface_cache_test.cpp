#include "render/shade/surface_cache.h"

#include <gtest/gtest.h>

#include "engine/math/camera_model.h"  // test_world.h
#include "render/shade/host_store.h"
#include "tests/common/test_world.h"

namespace oddroad::shade {
namespace {

// A farm renders thousands of clips in one process, each with people and cars of its own.
TEST(SurfaceCache, SurfacesGoWithTheirModels) {
  HostStore store;
  SurfaceCache cache(store, std::uint64_t{1} << 30);
  for (int clip = 0; clip < 3; ++clip) {
    const auto model = tests::model_of(tests::box_mesh({0, 0, 0}, {1, 1, 1}));
    world::Drawable drawable;
    drawable.model = model;
    drawable.mesh = model->parts.front().mesh.get();
    cache.begin_frame();
    ASSERT_TRUE(cache.model(model));
    const auto rigid = cache.surface(drawable);
    ASSERT_TRUE(rigid);
    EXPECT_NE((*rigid)->triangles, nullptr);
    const auto again = cache.surface(drawable);
    EXPECT_EQ(*again, *rigid);
    cache.trim();
    EXPECT_EQ(cache.size(), 2u) << "clip " << clip;
  }
  EXPECT_GT(store.used_bytes(), 0u);
  cache.trim();
  EXPECT_EQ(cache.size(), 0u);
  EXPECT_EQ(store.used_bytes(), 0u);
}

}  // namespace
}  // namespace oddroad::shade
