#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "sensors/camera/camera_settings.h"
#include "sensors/camera/color.h"
#include "sensors/camera/samples.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3f;

core::Result<camera::CameraSettings> parse(const std::string& yaml) {
  const auto node = core::parse_yaml(yaml, "rig.yaml");
  EXPECT_TRUE(node.has_value());
  return camera::parse_camera_settings(*node);
}

TEST(CameraSettings, FieldOfViewGivesFocalLength) {
  const auto s = parse("{size: [1280, 720], fov: 90 deg}");
  ASSERT_TRUE(s.has_value()) << core::to_string(s.error());
  EXPECT_NEAR(s->camera.fx_px, 640, 1e-9);
  EXPECT_EQ(s->camera.cx_px, 640);
  EXPECT_EQ(s->camera.cy_px, 360);
}

TEST(CameraSettings, AllProblemsAtOnceWithTheirPlaces) {
  const auto s = parse("size: [1280.5, 720]\nfov: 200 deg\nrat: 10 Hz\nexposure: bright\n");
  ASSERT_FALSE(s.has_value());
  const std::string text = core::to_string(s.error());
  EXPECT_NE(text.find("rig.yaml:1:"), std::string::npos) << text;
  EXPECT_NE(text.find("rig.yaml:2:"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'rate'"), std::string::npos) << text;
  EXPECT_NE(text.find("rig.yaml:4:"), std::string::npos) << text;
}

TEST(CameraSettings, LensesAndShutters) {
  const auto s = parse(
      "{size: [960, 960], fov: 180 deg, shutter: {row_time: 20 us},"
      " lens: {model: kannala_brandt, radial: [-0.02, 0.003], field: 190 deg}}");
  ASSERT_TRUE(s.has_value()) << core::to_string(s.error());
  EXPECT_EQ(s->row_time_ns, 20'000);
  EXPECT_NEAR(s->camera.max_angle_rad, 95 * M_PI / 180, 1e-9);
  // The image's width spans 180 degrees.
  const auto p = s->camera.project({1, 0, 0});
  ASSERT_TRUE(p.has_value());
  EXPECT_NEAR(p->x, 960, 1e-9);
  ASSERT_TRUE(s->pixel_directions);
  EXPECT_EQ(s->pixel_directions->size(), 960u * 960u);
}

TEST(CameraSettings, WrongLensesAreNamedWithTheirPlace) {
  for (const auto& [yaml, expected] : std::vector<std::pair<std::string, std::string>>{
           {"{model: thin}", "pinhole"},
           {"{radial: [0.1]}", "model"},
           {"{model: kannala_brandt, radial: [1, 2, 3, 4, 5]}", "1 to 4 numbers"},
           {"{model: brown_conrady, radial: [-0.5], field: 120 deg}", "one-to-one only up to"},
           {"{model: kannala_brandt, field: 240 deg}", "between 1 and 190"},
           {"{model: kannala_brandt, tangential: [0, 0]}", "tangential"}}) {
    const auto s = parse("{size: [320, 240], focal_px: [100, 100], lens: " + yaml + "}");
    ASSERT_FALSE(s.has_value()) << yaml;
    EXPECT_NE(core::to_string(s.error()).find(expected), std::string::npos)
        << core::to_string(s.error());
    EXPECT_NE(core::to_string(s.error()).find("rig.yaml:1:"), std::string::npos);
  }
  const auto slow = parse("{size: [320, 2000], fov: 60 deg, shutter: {row_time: 1 ms}}");
  ASSERT_FALSE(slow.has_value());
  EXPECT_NE(core::to_string(slow.error()).find("100 ms"), std::string::npos);
}

// White everywhere, or red in the left half of the world (y > 0).
class HalfRed : public scene::Shading {
 public:
  core::Result<std::vector<Vec3f>> shade(const world::SceneWindow&, const scene::CameraView&,
                                         std::span<const scene::ShadeSample> samples,
                                         std::span<const Vec3f>) override {
    std::vector<Vec3f> out;
    for (const auto& s : samples) {
      out.push_back(s.drawable == 0 ? Vec3f(0) : Vec3f(s.sun_visibility, s.sky_visibility, 1));
    }
    return out;
  }
};

TEST(Colour, EdgePixelsHoldTheCoveredShare) {
  // A box whose left edge cuts pixels in the middle; the sky is black.
  tests::TestWorld world;
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -0.05f, -5}, {1, 5, 5})),
                  math::pose_xyz_yaw(10, 0, 0, 0));
  const auto window = world.window(0, 0);
  auto factory = cast::make_embree_factory();
  const auto caster = (*factory)->create(window);
  const scene::CameraView view{{40, 20, 100, 100, 20, 10}, tests::looking_forward({0, 0, 0}), 0};
  const auto record = caster->record(view);
  HalfRed shading;
  const auto image = camera::radiance_image(window, view, *caster, record, shading);
  ASSERT_TRUE(image.has_value());
  // The edge at y = -0.05 projects to u = 20.5: half of column 20 is covered.
  EXPECT_FLOAT_EQ(image->at(20, 10).z, 0.5f);
  EXPECT_FLOAT_EQ(image->at(18, 10).z, 1.0f);
  EXPECT_FLOAT_EQ(image->at(22, 10).z, 0.0f);
}

TEST(Colour, ShadowFallsWhereTheSunIsBlocked) {
  tests::TestWorld world;
  math::TriangleMesh ground;
  ground.add_quad({-50, -50, 0}, {50, -50, 0}, {50, 50, 0}, {-50, 50, 0}, 0);
  world.add_static("ground", tests::model_of(ground), false);
  // A roof 3 m up over x in [8, 12].
  world.add_static("roof", tests::model_of(tests::box_mesh({8, -20, 3}, {12, 20, 3.1f})), false);
  world.timeline().environment.sun_elevation_rad = M_PI / 2;
  const auto window = world.window(0, 0);
  auto factory = cast::make_embree_factory();
  const auto caster = (*factory)->create(window);
  const scene::CameraView view{
      {400, 400, 400, 400, 200, 80}, tests::looking_forward({0, -15, 1.5}), 0};
  const auto record = caster->record(view);
  const auto set = camera::make_samples(window, view, *caster, record);
  // Row v sees the ground at x = 1.5 * 400 / (v - 80).
  const auto at = [&](int row) -> const scene::ShadeSample& {
    return set.samples[row * 400 + 200];
  };
  EXPECT_EQ(at(138).sun_visibility, 0);  // x = 10.3
  EXPECT_EQ(at(181).sun_visibility, 1);  // x = 5.9
  EXPECT_LT(at(138).sky_visibility, 0.6f);
  EXPECT_GT(at(360).sky_visibility, 0.95f);
}

}  // namespace
}  // namespace oddroad
