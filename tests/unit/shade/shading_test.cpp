// Shading by every back-end: see both_shadings.h.
#include <cmath>

#include "render/shaders/surface_patterns.h"
#include "tests/unit/raster/test_scene.h"
#include "tests/unit/shade/both_shadings.h"
#include "tests/unit/vulkan/test_device.h"

namespace oddroad::shade {
namespace {

using scene::testing::add;
using scene::testing::model_of;
using scene::testing::view;
using scene::testing::wall;

// A sky of one radiance and a sun straight behind the camera (the camera looks along +x).
SkyMap test_sky(float sky_cd_m2, float sun_lux) {
  SkyMap sky = uniform_sky(sky_cd_m2);
  sky.to_sun = {-1, 0, 0};
  sky.sun_illuminance_lux = Vec3f(sun_lux);
  return sky;
}

SkyMap small_sky(const world::Environment& e) {
  return bake_sky(e, {192, 128});
}

asset::Material matte(const math::Vec3f& color) {
  asset::Material m;
  m.base_color = color;
  m.roughness = 1;
  // Concrete with strength 0: the rough family without surface detail.
  m.pattern = asset::Pattern::kConcrete;
  m.pattern_strength = 0;
  return m;
}

scene::ShadeSample centre(std::uint32_t drawable, std::uint32_t triangle = 0) {
  scene::ShadeSample s;
  s.drawable = drawable;
  s.triangle = triangle;
  s.u_px = 50.2f;
  s.v_px = 49.7f;
  return s;
}

class Shading : public vulkan::testing::DeviceTest {
 protected:
  std::unique_ptr<scene::Shading> make(std::function<SkyMap(const world::Environment&)> sky) {
    ShadingOptions options;
    options.sky = std::move(sky);
    return std::make_unique<testing::BothShadings>(device_, options);
  }
  math::Vec3f shade_one(const SkyMap& sky, const asset::Material& material,
                        scene::ShadeSample sample = centre(1)) {
    const auto shading = make([&](const world::Environment&) {
      return sky;
    });
    world::SceneWindow window;
    add(window, model_of(wall(10, 5), material));
    const auto out = shading->shade(window, view(100, 100, 100), std::span(&sample, 1));
    EXPECT_TRUE(out);
    return out ? out->front() : math::Vec3f(-1);
  }
};

TEST_F(Shading, WhiteFurnace) {
  // A white surface under a uniform sky looks like the sky; a grey one like its albedo, and four
  // per cent more for the reflection on top.
  const math::Vec3f white = shade_one(test_sky(1000, 0), matte(math::Vec3f(1)));
  EXPECT_NEAR(white.x, 1000, 20);
  const math::Vec3f grey = shade_one(test_sky(1000, 0), matte(math::Vec3f(0.5f, 0.25f, 0)));
  EXPECT_NEAR(grey.x, 500, 25);
  EXPECT_NEAR(grey.y, 250, 35);
  EXPECT_NEAR(grey.z, 15, 25);  // what is left is the reflection of the sky
}

TEST_F(Shading, EveryFamilyConservesEnergy) {
  for (std::uint32_t p = 0; p <= ODDROAD_PATTERN_STRIPES; ++p) {
    asset::Material m;
    m.base_color = m.second_color = math::Vec3f(0.7f);
    m.pattern = static_cast<asset::Pattern>(p);
    m.pattern_strength = 0;
    m.clearcoat = p == ODDROAD_PATTERN_CAR_PAINT ? 1.f : 0.f;
    m.glass = p == ODDROAD_PATTERN_GLASS_WINDOW ? 1.f : 0.f;
    const math::Vec3f out = shade_one(test_sky(1000, 0), m);
    EXPECT_GT(out.y, 100) << p;
    EXPECT_LT(out.y, p == ODDROAD_PATTERN_LEAF ? 1450 : 1010) << p;
  }
}

TEST_F(Shading, SunAtNormalIncidence) {
  const float lux = 100'000;
  const math::Vec3f out = shade_one(test_sky(0, lux), matte(math::Vec3f(0.5f)));
  EXPECT_NEAR(out.y / (0.5 * lux / M_PI), 1, 0.05);
}

TEST_F(Shading, InShadowOnlyTheSkyIsLeft) {
  scene::ShadeSample dark = centre(1);
  dark.sun_visibility = 0;
  const asset::Material grey = matte(math::Vec3f(0.5f));
  const math::Vec3f shadow = shade_one(test_sky(1000, 100'000), grey, dark);
  EXPECT_NEAR(shadow.y, shade_one(test_sky(1000, 0), grey).y, 1e-2);
  dark.sky_visibility = 0;
  SkyMap no_ground = test_sky(1000, 100'000);
  no_ground.ground_radiance = Vec3f(0);
  EXPECT_NEAR(shade_one(no_ground, grey, dark).y, 0, 1);
}

TEST_F(Shading, SurfacesSeenFromBehindAreLitOnThatSide) {
  const auto shading = make([](const world::Environment&) {
    return test_sky(0, 1000);
  });
  world::SceneWindow window;
  math::TriangleMesh back = wall(10, 5);
  for (auto& t : back.triangles) std::swap(t[1], t[2]);
  for (auto& n : back.normals) n = -n;
  add(window, model_of(back, matte(math::Vec3f(0.5f))));
  const scene::ShadeSample s = centre(1);
  const auto out = shading->shade(window, view(100, 100, 100), std::span(&s, 1));
  ASSERT_TRUE(out);
  EXPECT_NEAR(out->front().y / (0.5 * 1000 / M_PI), 1, 0.05);
}

TEST_F(Shading, ASphereOfNormalsFollowsTheCosine) {
  // The wall's normals lean away from the sun by 60 degrees.
  const auto shading = make([](const world::Environment&) {
    return test_sky(0, 1000);
  });
  world::SceneWindow window;
  math::TriangleMesh mesh = wall(10, 5);
  for (auto& n : mesh.normals) n = {-0.5f, 0, std::sqrt(0.75f)};
  add(window, model_of(mesh, matte(math::Vec3f(0.5f))));
  const scene::ShadeSample s = centre(1);
  const auto out = shading->shade(window, view(100, 100, 100), std::span(&s, 1));
  ASSERT_TRUE(out);
  EXPECT_NEAR(out->front().y / (0.5 * 0.5 * 1000 / M_PI), 1, 0.07);
}

TEST_F(Shading, RotatedAndDeformedDrawablesAreWhereTheyShouldBe) {
  // Half the wall is emissive: its image place tells the transform and the vertices.
  math::TriangleMesh mesh;
  mesh.add_quad({0, 0, -1}, {0, -2, -1}, {0, -2, 1}, {0, 0, 1}, 0);
  mesh.add_quad({0, 2, -1}, {0, 0, -1}, {0, 0, 1}, {0, 2, 1}, 1);
  auto model = std::make_shared<asset::Model>(*model_of(mesh));
  model->materials.resize(2);
  model->materials[0].emission_cd_m2 = {500, 0, 0};
  model->materials[1].emission_cd_m2 = {0, 500, 0};
  world::SceneWindow window;
  world::Drawable& d = add(window, model, {glm::dmat3(1), {10, 0, 0}});
  for (const float shift : {0.f, 3.f}) {
    auto step = std::make_shared<world::DeformedStep>();
    step->positions = mesh.positions;
    step->normals = mesh.normals;
    for (auto& p : step->positions) p.z += shift;
    d.steps.push_back(step);
  }
  const auto shading = make([](const world::Environment&) {
    return test_sky(0, 0);
  });
  std::vector<scene::ShadeSample> samples{centre(1, 0), centre(1, 2)};
  samples[0].u_px = 60;
  samples[1].u_px = 40;
  const auto out = shading->shade(window, view(100, 100, 100), samples);
  ASSERT_TRUE(out);
  EXPECT_NEAR((*out)[0].x, 500, 1);
  EXPECT_NEAR((*out)[0].y, 0, 1);
  EXPECT_NEAR((*out)[1].y, 500, 1);
}

TEST_F(Shading, ImagesKeepTheirOrientationAndColour) {
  // Four texels: red, green above blue, white.
  auto model = std::make_shared<asset::Model>(*model_of(wall(10, 5)));
  asset::Texture texture;
  texture.width_px = texture.height_px = 2;
  texture.rgba = {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255};
  model->textures = {texture};
  model->materials[0].base_color = math::Vec3f(1);
  model->materials[0].roughness = 1;
  model->materials[0].texture = 0;
  auto mesh = std::make_shared<math::TriangleMesh>(*model->parts[0].mesh);
  mesh->uvs = {{0, 1}, {1, 1}, {1, 0}, {0, 0}};  // lower left first; v = 0 is the top
  model->parts[0].mesh = mesh;
  world::SceneWindow window;
  add(window, model);
  const auto shading = make([](const world::Environment&) {
    return test_sky(1000, 0);
  });
  std::vector<scene::ShadeSample> samples(4, centre(1));
  const float at[4][2] = {{25.2f, 25.2f}, {74.0f, 25.2f}, {25.2f, 74.8f}, {74.8f, 74.8f}};
  for (int i = 0; i < 4; ++i) {
    samples[i].u_px = at[i][0];
    samples[i].v_px = at[i][1];
  }
  // The quad's triangles: (lower left, lower right, upper right), (lower left, upper right, upper
  // left); the upper right place lies on the second one, near the diagonal.
  samples[0].triangle = 1;
  samples[1].triangle = 1;
  const auto out = shading->shade(window, view(100, 100, 100), samples);
  ASSERT_TRUE(out);
  EXPECT_GT((*out)[0].x, 900);
  EXPECT_LT((*out)[0].y, 100);
  EXPECT_GT((*out)[1].y, 900);
  EXPECT_LT((*out)[1].x, 100);
  EXPECT_GT((*out)[2].z, 900);
  EXPECT_LT((*out)[2].x, 100);
  EXPECT_GT((*out)[3].x, 900);
  EXPECT_GT((*out)[3].z, 900);
}

TEST_F(Shading, SkyShowsTheSunsDisc) {
  const auto shading = make([](const world::Environment&) {
    SkyMap sky = test_sky(1000, 100'000);
    sky.to_sun = {1, 0, 0};
    return sky;
  });
  scene::ShadeSample sun = centre(0);
  sun.u_px = sun.v_px = 50;
  scene::ShadeSample beside = sun;
  beside.u_px = 60;
  const std::vector<scene::ShadeSample> samples{sun, beside};
  const auto out = shading->shade({}, view(100, 100, 400), samples);
  ASSERT_TRUE(out);
  EXPECT_NEAR((*out)[0].y / 1.47e9, 1, 0.02);  // 100 klx over 6.8e-5 sr
  EXPECT_NEAR((*out)[1].y, 1000, 2);
}

TEST_F(Shading, DistantThingsFadeIntoTheHorizon) {
  SkyMap sky = test_sky(1000, 0);
  sky.haze_per_m = Vec3f(1e-3f);
  const math::Vec3f near_wall = shade_one(sky, matte(math::Vec3f(0.01f)));
  const auto shading = make([&](const world::Environment&) {
    return sky;
  });
  world::SceneWindow window;
  add(window, model_of(wall(3000, 1500), matte(math::Vec3f(0.01f))));
  const scene::ShadeSample s = centre(1);
  const auto out = shading->shade(window, view(100, 100, 100), std::span(&s, 1));
  ASSERT_TRUE(out);
  EXPECT_LT(near_wall.y, 80);
  EXPECT_NEAR(out->front().y, 1000 * (1 - std::exp(-3.0)) + 50 * std::exp(-3.0), 8);
}

TEST_F(Shading, BrighterWithTheSunHigher) {
  const auto shading = make(small_sky);
  float last = 0;
  for (const double e : {-6.0, -3.0, 0.0, 3.0, 10.0, 25.0, 50.0, 80.0}) {
    world::SceneWindow window;
    window.environment.sun_elevation_rad = e * M_PI / 180;
    window.environment.sun_azimuth_rad = 2;
    window.environment.cloud_cover = 0;
    scene::ShadeSample s = centre(0);
    s.v_px = 5;
    const auto out = shading->shade(window, view(100, 100, 100), std::span(&s, 1));
    ASSERT_TRUE(out);
    EXPECT_GT(out->front().y, last) << e;
    last = out->front().y;
  }
}

TEST_F(Shading, SameBytesTwiceAndInAnyOrder) {
  world::SceneWindow window;
  asset::Material m = matte({0.3f, 0.2f, 0.1f});
  m.pattern = asset::Pattern::kAsphalt;
  m.pattern_strength = 1;
  add(window, model_of(scene::testing::bumpy_sheet(8), m), {glm::dmat3(1), {1.5, 0, 0}});
  std::vector<scene::ShadeSample> samples;
  for (int i = 0; i < 40'000; ++i) {
    scene::ShadeSample s;
    s.u_px = static_cast<float>(i % 200) * 0.5f;
    s.v_px = static_cast<float>(i / 200) * 0.5f;
    s.drawable = i % 3 == 0 ? 0 : 1;
    s.triangle = static_cast<std::uint32_t>(i % 128);
    samples.push_back(s);
  }
  const auto shading = make(small_sky);
  const auto first = shading->shade(window, view(100, 100, 100), samples);
  const auto second = shading->shade(window, view(100, 100, 100), samples);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  for (const math::Vec3f& c : *first) {
    ASSERT_TRUE(std::isfinite(c.x) && std::isfinite(c.y) && std::isfinite(c.z));
    ASSERT_GE(std::min({c.x, c.y, c.z}), 0);
  }
  std::reverse(samples.begin(), samples.end());
  auto reversed = shading->shade(window, view(100, 100, 100), samples);
  std::reverse(reversed->begin(), reversed->end());
  EXPECT_EQ(*first, *reversed);
}

}  // namespace
}  // namespace oddroad::shade
