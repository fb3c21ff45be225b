#include <limits>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "render/scene/pixel_images.h"
#include "render/scene/resolve.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3d;
using tests::TestWorld;

std::unique_ptr<scene::RayCasterFactory> factory() {
  auto made = cast::make_embree_factory();
  EXPECT_TRUE(made.has_value());
  return std::move(*made);
}

constexpr float kFar = std::numeric_limits<float>::infinity();

TEST(Embree, UnknownInstructionSetIsAnError) {
  // Embree ignores unknown isa names on some builds; whatever it does, it must not crash.
  const auto made = cast::make_embree_factory("sse2");
  EXPECT_TRUE(made.has_value());
}

TEST(Embree, WallAtTenMetresReadsTen) {
  TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(10)));
  const auto window = world.window(0, 0);
  const auto f = factory();
  const auto caster = f->create(window);
  const scene::CameraView view{tests::small_camera(), tests::looking_forward({0, 0, 1.5}), 0};
  auto record = caster->record(view);
  scene::resolve_edges(window, view, *caster, record);
  const auto depth = scene::depth_image(window, view, record);
  for (const float d : depth.pixels) EXPECT_FLOAT_EQ(d, 10.0f);
  const auto ids = scene::instance_image(window, record);
  for (const auto id : ids.pixels) EXPECT_EQ(id, 65535);
}

TEST(Embree, EgoIsSeenByShadowRaysOnly) {
  TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(10)));
  const auto window = world.window(0, 0);
  const auto f = factory();
  const auto caster = f->create(window);
  scene::RayBatch rays;
  rays.resize(1);
  rays.set(0, {-5, 0, 0.5}, {1, 0, 0}, 0, kFar);
  scene::RayHits hits;
  caster->intersect(rays, scene::RayKind::kSensor, false, hits);
  EXPECT_FLOAT_EQ(hits.t[0], 15);
  caster->intersect(rays, scene::RayKind::kShadow, false, hits);
  EXPECT_FLOAT_EQ(hits.t[0], 4);
  std::vector<std::uint8_t> dark;
  rays.t_max[0] = 3;
  caster->occluded(rays, scene::RayKind::kShadow, false, dark);
  EXPECT_EQ(dark[0], 0);
  rays.t_max[0] = 5;
  caster->occluded(rays, scene::RayKind::kShadow, false, dark);
  EXPECT_EQ(dark[0], 1);
}

TEST(Embree, MovingBoxIsMetAtTheRaysOwnTime) {
  TestWorld world;
  const auto box = tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2}));
  world.add_actor("box", box, math::pose_xyz_yaw(20, 0, 0, 0), {-30, 0, 0});
  const auto window = world.window(100'000'000, 200'000'000);
  const auto f = factory();
  const auto caster = f->create(window);
  scene::RayBatch rays;
  rays.resize(101);
  for (int k = 0; k <= 100; ++k) {
    rays.set(k, {0, 0, 1}, {1, 0, 0}, 100'000'000 + k * 1'000'000, kFar);
  }
  scene::RayHits hits;
  caster->intersect(rays, scene::RayKind::kSensor, false, hits);
  for (int k = 0; k <= 100; ++k) EXPECT_NEAR(hits.t[k], 20 - 30 * (0.1 + 0.001 * k), 2e-5) << k;
}

// Longer than what Embree has time steps for.
TEST(Embree, ALongWindowShowsWhatShortOnesShow) {
  TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(60)));
  const auto box = tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2}));
  const auto id = world.add_actor("box", box, math::pose_xyz_yaw(40, 0, 0, 0), {-30, 0, 0});
  const auto long_window = world.window(50'000'000, 950'000'000);
  const auto f = factory();
  const auto whole = f->create(long_window);
  const auto alone = whole->only(id);
  constexpr int kRays = 901;  // of every packet some fall into another slice
  scene::RayBatch rays;
  rays.resize(kRays);
  std::vector<std::int64_t> stamps(kRays);
  for (int k = 0; k < kRays; ++k) {
    stamps[k] = 50'000'000 + (k * 7) % kRays * 1'000'000;
    rays.set(k, {0, 0, 0.5}, {1, 0, 0}, stamps[k], kFar);
  }
  scene::RayHits hits;
  for (const auto* caster : {whole.get(), alone.get()}) {
    caster->intersect(rays, scene::RayKind::kSensor, false, hits);
    for (int k = 0; k < kRays; ++k) {
      EXPECT_NEAR(hits.t[k], 40 - 30e-9 * double(stamps[k]), 4e-5) << stamps[k];
      EXPECT_EQ(hits.drawable[k], 2u);
    }
  }
  std::vector<std::uint8_t> dark;
  for (int k = 0; k < kRays; ++k) rays.t_max[k] = 25;
  for (const bool coherent : {false, true}) {
    whole->occluded(rays, scene::RayKind::kShadow, coherent, dark);
    for (int k = 0; k < kRays; ++k) EXPECT_EQ(dark[k], 1) << stamps[k];  // by the ego
  }
  for (int k = 0; k < kRays; ++k) {
    rays.set(k, {4, 0, 1}, {1, 0, 0}, stamps[k], 20);
  }
  for (const bool coherent : {false, true}) {
    whole->occluded(rays, scene::RayKind::kShadow, coherent, dark);
    for (int k = 0; k < kRays; ++k) {
      if (std::abs(stamps[k] - 533'333'333) < 1'000'000) continue;  // it comes to 24 m then
      EXPECT_EQ(dark[k], stamps[k] > 533'333'333) << stamps[k];
    }
  }
  for (const std::int64_t stamp : {100'000'000, 290'000'000, 555'000'000}) {
    const scene::CameraView view{tests::small_camera(), tests::looking_forward({0, 0, 1.2}), stamp};
    const auto short_window = world.window(stamp - 10'000'000, stamp + 10'000'000);
    const auto brief = f->create(short_window)->record(view), record = whole->record(view);
    std::size_t differ = 0;  // single precision may, at edges
    for (std::size_t i = 0; i < record.drawable.size(); ++i) {
      differ += record.drawable[i] != brief.drawable[i] ? 1 : 0;
    }
    EXPECT_LE(differ, 3u) << stamp;
  }
}

TEST(Embree, OneInstantShowsWhatTheWindowShowsThen) {
  TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(30)));
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2})),
                  math::pose_xyz_yaw(12, -1, 0, 0.3), {-10, 20, 0}, 0.5);
  const auto window = world.window(100'000'000, 200'000'000);
  const auto f = factory();
  const auto whole = f->create(window);
  std::vector<scene::VisibilityRecord> seen;
  for (const std::int64_t stamp : {100'000'000, 137'000'000, 200'000'000}) {
    const scene::CameraView view{tests::small_camera(), tests::looking_forward({0, 0, 1.2}), stamp};
    const auto frozen = f->create_at(window, stamp)->record(view);
    auto moving = whole->record(view);
    // Single precision may differ at edges.
    std::size_t differ = 0;
    for (std::size_t i = 0; i < moving.drawable.size(); ++i) {
      differ += moving.drawable[i] != frozen.drawable[i];
    }
    EXPECT_LE(differ, 3u) << stamp;
    seen.push_back(frozen);
  }
  EXPECT_NE(seen[0].drawable, seen[2].drawable);
}

TEST(Embree, BatchEqualsSingleRays) {
  TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(10)));
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2})),
                  math::pose_xyz_yaw(6, 0.3, 0, 0.4), {1, 2, 0}, 0.5);
  const auto window = world.window(0, 100'000'000);
  const auto f = factory();
  const auto caster = f->create(window);
  scene::RayBatch rays;
  rays.resize(997);
  for (int k = 0; k < 997; ++k) {
    rays.set(k, {0, 0, 1}, {1, -0.4 + 0.0008 * k, 0.1 * std::sin(k)}, k * 100'000, kFar);
  }
  scene::RayHits all;
  caster->intersect(rays, scene::RayKind::kSensor, false, all);
  for (int k = 0; k < 997; ++k) {
    scene::RayBatch one;
    one.resize(1);
    one.set(0, {rays.origin_x[k], rays.origin_y[k], rays.origin_z[k]},
            {rays.direction_x[k], rays.direction_y[k], rays.direction_z[k]}, rays.stamp_ns[k],
            kFar);
    scene::RayHits single;
    caster->intersect(one, scene::RayKind::kSensor, false, single);
    EXPECT_EQ(single.drawable[0], all.drawable[k]);
    EXPECT_EQ(single.triangle[0], all.triangle[k]);
    EXPECT_EQ(single.t[0], all.t[k]);
  }
}

TEST(Embree, OnlySeesTheOneInstance) {
  TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(10)));
  const auto id = world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2})),
                                  math::pose_xyz_yaw(15, 0, 0, 0));
  const auto window = world.window(0, 0);
  const auto f = factory();
  const auto alone = f->create(window)->only(id);
  scene::RayBatch rays;
  rays.resize(2);
  rays.set(0, {0, 0, 1}, {1, 0, 0}, 0, kFar);
  rays.set(1, {0, 5, 1}, {1, 0, 0}, 0, kFar);
  scene::RayHits hits;
  alone->intersect(rays, scene::RayKind::kSensor, false, hits);
  EXPECT_FLOAT_EQ(hits.t[0], 15);
  EXPECT_EQ(hits.drawable[1], 0u);
}

}  // namespace
}  // namespace oddroad
