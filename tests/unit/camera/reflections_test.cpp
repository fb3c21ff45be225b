// Wet ground mirrors what stands on it.
#include "sensors/camera/reflections.h"

#include <cmath>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "tests/common/test_world.h"

namespace oddroad::camera {
namespace {

using math::Vec3f;

// The sky 1, each drawable a colour of its own.
class ByDrawable : public scene::Shading {
 public:
  core::Result<std::vector<Vec3f>> shade(const world::SceneWindow&, const scene::CameraView&,
                                         std::span<const scene::ShadeSample> samples,
                                         std::span<const Vec3f>) override {
    std::vector<Vec3f> out;
    for (const auto& s : samples) {
      out.push_back(s.drawable == 0 ? Vec3f(1) : Vec3f(0, static_cast<float>(s.drawable), 0));
    }
    return out;
  }
};

// A wall across asphalt, 20 m ahead, 3 m high and 2 m wide; the camera 1.5 m up.
class Mirror : public ::testing::Test {
 protected:
  Mirror() {
    asset::Material asphalt;
    asphalt.pattern = asset::Pattern::kAsphalt;
    math::TriangleMesh ground;
    ground.add_quad({-50, -50, 0}, {200, -50, 0}, {200, 50, 0}, {-50, 50, 0}, 0);
    auto road = tests::model_of(ground);
    auto paved = std::make_shared<asset::Model>(*road);
    paved->materials = {asphalt};
    world_.add_static("ground", paved, false);
    wall_ = world_.add_static("wall", tests::model_of(tests::box_mesh({20, -1, 0}, {21, 1, 3})));
  }

  // What the pixel's ground mirrors; nothing where that is not known.
  std::optional<Vec3f> mirrored(int x, int y) {
    window_ = world_.window(0, 0);
    auto factory = cast::make_embree_factory();
    const auto caster = (*factory)->create(window_);
    const scene::CameraView view{
        {200, 160, 200, 200, 100, 60}, tests::looking_forward({0, 0, 1.5}), 0};
    const auto record = caster->record(view);
    SampleSet set = make_samples(window_, view, *caster, record);
    ByDrawable shading;
    const auto out = trace_reflections(window_, view, *caster, shading, 200, 160, set);
    EXPECT_TRUE(out);
    const std::uint32_t r = set.samples[static_cast<std::size_t>(y) * 200 + x].reflection;
    if (!out || r == 0) return std::nullopt;
    EXPECT_LE(r, out->size());
    return (*out)[r - 1];
  }
  world::Environment& weather() { return world_.timeline().environment; }

  tests::TestWorld world_;
  core::InstanceId wall_;
  world::SceneWindow window_;
};

TEST_F(Mirror, DryRoadsMirrorNothing) {
  EXPECT_FALSE(mirrored(100, 90));
}

TEST_F(Mirror, PuddlesShowTheMirroredScene) {
  weather().wetness = 1;
  weather().puddles = 1;
  // Row v sees the ground 1.5 * 200 / (v - 60) m ahead; the mirrored ray climbs as it falls, so it
  // meets the wall at 1.5 * (20 / x - 1), which is 3 at x = 20 / 3 m: row 105.
  for (const int row : {78, 90, 102}) {
    const auto seen = mirrored(100, row);
    ASSERT_TRUE(seen) << row;
    EXPECT_EQ(seen->x, 0) << row;
    EXPECT_GT(seen->y, 0) << row;
  }
  for (const int row : {108, 130}) {
    const auto seen = mirrored(100, row);
    ASSERT_TRUE(seen) << row;
    EXPECT_EQ(*seen, Vec3f(1)) << row;  // the sky above it
  }
  // Beside the wall the sky, too: at x = 10 m, 1.5 m to the left.
  const auto beside = mirrored(70, 90);
  ASSERT_TRUE(beside);
  EXPECT_EQ(*beside, Vec3f(1));
}

TEST_F(Mirror, WetAsphaltBlursIt) {
  weather().wetness = 1;
  const auto foot = mirrored(100, 76);
  ASSERT_TRUE(foot);
  EXPECT_LT(foot->x, 0.2f);  // nearly all wall
  const auto edge = mirrored(100, 104);
  ASSERT_TRUE(edge);
  EXPECT_GT(edge->x, 0.1f);  // some wall, some sky
  EXPECT_LT(edge->x, 0.9f);
}

}  // namespace
}  // namespace oddroad::camera
