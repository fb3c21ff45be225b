#include "render/raster/raster_visibility.h"

#include <cmath>

#include "render/cast/embree_scene.h"
#include "render/raster/draw_list.h"
#include "tests/unit/raster/test_scene.h"
#include "tests/unit/vulkan/test_device.h"

namespace oddroad::raster {
namespace {

using scene::testing::add;
using scene::testing::model_of;
using scene::testing::view;
using scene::testing::wall;

class Raster : public vulkan::testing::DeviceTest {
 protected:
  void SetUp() override {
    DeviceTest::SetUp();
    if (!device_) return;
    auto made = RasterVisibility::create(device_);
    ASSERT_TRUE(made) << core::to_string(made.error());
    raster_ = std::move(*made);
  }
  void TearDown() override {
    raster_.reset();
    DeviceTest::TearDown();
  }
  scene::VisibilityRecord render(const world::SceneWindow& window, const scene::CameraView& v) {
    auto record = raster_->render(window, v);
    EXPECT_TRUE(record);
    return record ? *record : scene::VisibilityRecord{};
  }
  std::unique_ptr<RasterVisibility> raster_;
};

TEST_F(Raster, AWallFillsEveryPixel) {
  world::SceneWindow window;
  add(window, model_of(wall(10, 20)));
  const auto record = render(window, view(64, 48, 50));
  ASSERT_EQ(record.drawable.size(), 64u * 48u);
  for (std::uint32_t d : record.drawable) EXPECT_EQ(d, 1u);
}

TEST_F(Raster, TheNearerOfTwoWinsInAnyOrder) {
  for (const bool near_first : {true, false}) {
    world::SceneWindow window;
    add(window, model_of(near_first ? wall(5, 1) : wall(10, 20)));
    add(window, model_of(near_first ? wall(10, 20) : wall(5, 1)));
    const auto record = render(window, view(65, 65, 50));
    const std::uint32_t near_id = near_first ? 1 : 2;
    EXPECT_EQ(record.drawable[32 * 65 + 32], near_id);
    EXPECT_EQ(record.drawable[0], 3 - near_id);
    // Half-width 1 m at 5 m with focal length 50: 20 pixels across.
    const auto count = std::count(record.drawable.begin(), record.drawable.end(), near_id);
    EXPECT_NEAR(static_cast<double>(count), 20 * 20, 20 * 2);
  }
}

TEST_F(Raster, ViewsOfOneSubmissionSeeWhatEachSeesAlone) {
  world::SceneWindow window;
  add(window, model_of(wall(5, 1)));
  add(window, model_of(wall(10, 20)));
  std::vector<scene::CameraView> views{view(64, 48, 50), view(33, 65, 40), view(64, 48, 120)};
  views[2].T_world_camera.translation.y += 0.5;
  const auto together = raster_->begin(window, views);
  ASSERT_TRUE(together);
  std::vector<scene::VisibilityRecord> seen;
  for (const std::size_t k : {2u, 0u, 1u}) {  // in any order
    auto record = (*together)->take(k);
    ASSERT_TRUE(record);
    seen.push_back(std::move(*record));
  }
  EXPECT_NE(seen[0].drawable, seen[1].drawable);
  for (const std::size_t k : {2u, 0u, 1u}) {
    const auto alone = render(window, views[k]);
    const auto& record = seen[k == 2 ? 0 : k + 1];
    EXPECT_EQ(record.width_px, views[k].camera.width_px);
    EXPECT_EQ(record.drawable, alone.drawable);
    EXPECT_EQ(record.triangle, alone.triangle);
  }
}

TEST_F(Raster, WhatWasBegunMayBeLeftUntaken) {
  world::SceneWindow window;
  add(window, model_of(wall(10, 20)));
  const auto v = view(64, 48, 50);
  ASSERT_TRUE(raster_->begin(window, {&v, 1}));
  const auto again = raster_->begin(window, {&v, 1});
  ASSERT_TRUE(again);
  const auto record = (*again)->take(0);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->drawable[0], 1u);
}

TEST_F(Raster, EmptySceneIsSky) {
  const auto record = render({}, view(16, 16, 10));
  for (std::uint32_t d : record.drawable) EXPECT_EQ(d, 0u);
  for (std::uint32_t t : record.triangle) EXPECT_EQ(t, 0u);
}

TEST_F(Raster, PrincipalPointOffCentre) {
  world::SceneWindow window;
  add(window, model_of(wall(10, 0.1f)));
  scene::CameraView v = view(100, 60, 200);
  v.camera.cx_px = 20.5;
  v.camera.cy_px = 45.5;
  const auto record = render(window, v);
  // A square of 4 pixels about the principal point.
  for (int y = 0; y < 60; ++y) {
    for (int x = 0; x < 100; ++x) {
      const bool inside = std::abs(x + 0.5 - 20.5) < 2 && std::abs(y + 0.5 - 45.5) < 2;
      const bool edge = std::abs(x + 0.5 - 20.5) == 2 || std::abs(y + 0.5 - 45.5) == 2;
      if (edge) continue;
      EXPECT_EQ(record.drawable[y * 100 + x], inside ? 1u : 0u) << x << "," << y;
    }
  }
}

TEST_F(Raster, BothFacesAreDrawnAndHiddenOnesAreNot) {
  world::SceneWindow window;
  math::TriangleMesh back = wall(5, 20);
  for (auto& t : back.triangles) std::swap(t[1], t[2]);
  add(window, model_of(wall(3, 20))).hidden_from_ego = true;
  add(window, model_of(back));
  const auto record = render(window, view(16, 16, 10));
  for (std::uint32_t d : record.drawable) EXPECT_EQ(d, 2u);
}

TEST_F(Raster, DeformingMeshMovesLinearlyBetweenSteps) {
  world::SceneWindow window;
  auto model = model_of(wall(10, 0.5f));
  world::Drawable& d = add(window, model);
  for (const float shift : {0.0f, 2.0f}) {
    auto step = std::make_shared<world::DeformedStep>();
    step->positions = model->parts[0].mesh->positions;
    step->normals = model->parts[0].mesh->normals;
    for (auto& p : step->positions) p.y -= shift;  // to the right in the image
    d.steps.push_back(step);
  }
  scene::CameraView v = view(101, 101, 100);
  for (const int quarter : {0, 1, 2, 4}) {
    v.stamp_ns = quarter * world::kStepNs / 4;
    const auto record = render(window, v);
    double sum = 0;
    double n = 0;
    for (int x = 0; x < 101; ++x) {
      if (record.drawable[50 * 101 + x] == 1) {
        sum += x + 0.5;
        n += 1;
      }
    }
    EXPECT_NEAR(sum / n, 50.5 + 100 * (2.0 * quarter / 4) / 10, 0.51);
    EXPECT_NEAR(n, 10, 1.01);
  }
}

TEST_F(Raster, InstancesOfOneMeshKeepTheirIds) {
  world::SceneWindow window;
  auto model = model_of(wall(0, 0.4f));
  for (int i = 0; i < 7; ++i) {
    math::Affine3d T;
    T.translation = {10.0, 3.0 - i, 0.0};
    add(window, model, T);
  }
  const auto record = render(window, view(81, 21, 100));
  for (int i = 0; i < 7; ++i) {
    const int x = 40 - 10 * (3 - i);
    EXPECT_EQ(record.drawable[10 * 81 + x], static_cast<std::uint32_t>(i + 1));
  }
}

TEST_F(Raster, ImpossibleViewsAreErrors) {
  EXPECT_FALSE(raster_->render({}, view(0, 10, 10)));
  EXPECT_FALSE(raster_->render({}, view(10, 10, 0)));
  EXPECT_FALSE(raster_->render({}, view(1'000'000, 10, 10)));
}

TEST_F(Raster, SameBytesTwiceAndDepthOnlyRuns) {
  world::SceneWindow window;
  math::Affine3d T;
  T.translation = {2, 0, 0};
  add(window, model_of(scene::testing::bumpy_sheet(40)), T);
  const auto first = render(window, view(320, 200, 150));
  EXPECT_TRUE(raster_->render_depth_only(window, view(320, 200, 150)));
  const auto second = render(window, view(320, 200, 150));
  EXPECT_EQ(first.drawable, second.drawable);
  EXPECT_EQ(first.triangle, second.triangle);
}

// A tiny budget throws meshes out between frames; pictures stay right.
TEST_F(Raster, EvictedMeshesComeBack) {
  auto made = RasterVisibility::create(device_, {.mesh_cache_bytes = 1});
  ASSERT_TRUE(made);
  for (int i = 0; i < 3; ++i) {
    world::SceneWindow a;
    add(a, model_of(wall(10, 20)));
    world::SceneWindow b;
    add(b, model_of(wall(10, 0.01f)));
    EXPECT_EQ((*made)->render(a, view(8, 8, 5))->drawable[0], 1u);
    EXPECT_EQ((*made)->render(b, view(8, 8, 5))->drawable[0], 0u);
  }
}

// The twin: Embree on the same triangles.
TEST_F(Raster, AgreesWithTheRayCaster) {
  world::SceneWindow window;
  auto sheet = model_of(scene::testing::bumpy_sheet(30));
  for (int i = 0; i < 40; ++i) {
    math::Affine3d T = math::to_affine(
        math::Pose{math::from_yaw_pitch_roll(0.7 * i, 0.3 * std::sin(i), 0.2 * i),
                   {4.0 + 0.4 * i, 3.5 * std::sin(1.7 * i), 1.5 * std::cos(2.3 * i)}});
    add(window, sheet, T);
  }
  add(window, model_of(wall(25, 40)));
  scene::CameraView v = view(640, 360, 400);
  v.camera.cx_px = 311.3;
  v.camera.cy_px = 188.8;
  const auto record = render(window, v);
  auto factory = cast::make_embree_factory();
  ASSERT_TRUE(factory);
  const auto cast_record = cast::make_cast_visibility(**factory)->render(window, v);
  ASSERT_TRUE(cast_record);
  const scene::VisibilityRecord& other = *cast_record;
  std::size_t ids = 0;
  std::size_t triangles = 0;
  std::size_t inside = 0;
  for (int y = 0; y < 360; ++y) {
    for (int x = 0; x < 640; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * 640 + x;
      triangles +=
          record.drawable[i] == other.drawable[i] && record.triangle[i] != other.triangle[i];
      if (record.drawable[i] == other.drawable[i]) continue;
      ++ids;
      bool edge = false;
      for (int k = 0; k < 9; ++k) {
        const int px = std::clamp(x + k % 3 - 1, 0, 639);
        const int py = std::clamp(y + k / 3 - 1, 0, 359);
        edge |= other.drawable[static_cast<std::size_t>(py) * 640 + px] != other.drawable[i];
      }
      inside += !edge;
    }
  }
  EXPECT_LE(ids, record.drawable.size() / 10'000);
  EXPECT_EQ(inside, 0u);
  EXPECT_LE(triangles, record.drawable.size() / 400);
}

TEST(ClipSpace, NearIsOneAndFarTendsToZero) {
  const math::CameraModel camera{1280, 720, 1000, 900, 600, 370};
  const glm::dmat4 m = clip_from_camera(camera);
  const glm::dvec4 near_point = m * glm::dvec4(0, 0, kNearM, 1);
  EXPECT_DOUBLE_EQ(near_point.z / near_point.w, 1);
  const glm::dvec4 far_point = m * glm::dvec4(0, 0, 1e6, 1);
  EXPECT_NEAR(far_point.z / far_point.w, 0, 1e-7);
  const math::Vec3d p(3, -2, 20);
  const glm::dvec4 c = m * glm::dvec4(p, 1);
  const math::Vec2d image = *camera.project(p);
  EXPECT_NEAR((c.x / c.w + 1) / 2 * 1280, image.x, 1e-9);
  EXPECT_NEAR((c.y / c.w + 1) / 2 * 720, image.y, 1e-9);
}

}  // namespace
}  // namespace oddroad::raster
