// Lamps on surfaces against closed forms: E = I cos / d^2, L = rho E / pi.
#include <cmath>

#include "render/scene/light_grid.h"
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

asset::Material matte(float albedo) {
  asset::Material m;
  m.base_color = math::Vec3f(albedo);
  m.roughness = 1;
  m.pattern = asset::Pattern::kConcrete;
  m.pattern_strength = 0;
  return m;
}

// A lamp at `at` that shines towards +x with a cosine lobe.
world::Light lobe(const math::Vec3d& at, float candela) {
  world::Light out;
  out.position = at;
  out.candela = math::Vec3f(candela);
  return out;
}

class LocalLights : public vulkan::testing::DeviceTest {
 protected:
  // Radiance of the middle of a wall at x = 10 that faces the camera at the origin.
  math::Vec3f look(const asset::Material& material, const std::vector<world::Light>& lights,
                   std::uint32_t visible = 0xffffffffu) {
    world::SceneWindow window;
    window.environment.sun_elevation_rad = -.5;
    window.lights = lights;
    add(window, model_of(wall(10, 5), material));
    ShadingOptions options;
    options.sky = [](const world::Environment&) {
      return uniform_sky(0);
    };
    testing::BothShadings shading(device_, options);
    scene::ShadeSample s;
    s.drawable = 1;
    s.u_px = 50;
    s.v_px = 50;
    s.sky_visibility = 0;  // no light by way of the ground
    s.light_cell =
        scene::LightGrid(window, scene::least_lux(window.environment)).cell_at({10, 0, 0});
    s.light_visibility = visible;
    const auto out = shading.shade(window, view(100, 100, 100), std::span(&s, 1));
    EXPECT_TRUE(out);
    return out ? out->front() : math::Vec3f(-1);
  }
};

TEST_F(LocalLights, LambertPlateUnderALamp) {
  for (const double d : {1.0, 4.0, 9.0}) {
    const double lux = 800 / (d * d);
    EXPECT_NEAR(look(matte(.5f), {lobe({10 - d, 0, 0}, 800)}).y / (.5 * lux / M_PI), 1, .05) << d;
  }
}

TEST_F(LocalLights, FollowTheCosineOfLampAndSurface) {
  // 45 degrees aside: the lobe sends cos 45, the wall takes cos 45.
  const double lux = 1000 * .5 / 32;
  EXPECT_NEAR(look(matte(.5f), {lobe({6, 4, 0}, 1000)}).y / (.5 * lux / M_PI), 1, .06);
}

TEST_F(LocalLights, AddUpAndStandInEachOthersShadow) {
  const world::Light near = lobe({6, 1, 0}, 500);
  const world::Light far = lobe({2, -1, 0}, 500);
  const float both = look(matte(.5f), {far, near}).y;
  const float first = look(matte(.5f), {near}).y;
  const float second = look(matte(.5f), {far}).y;
  EXPECT_NEAR(both, first + second, 1e-3 * both);
  // The strongest comes first: its shadow is the low byte.
  EXPECT_NEAR(look(matte(.5f), {far, near}, 0xffffff00u).y, second, 1e-3 * both);
  EXPECT_NEAR(look(matte(.5f), {far, near}, 0xffff80ffu).y, first + second * 128 / 255,
              2e-3 * both);
}

TEST_F(LocalLights, NothingComesFromBehindOrBesideTheBeam) {
  world::Light away = lobe({5, 0, 0}, 1000);
  away.axis = {-1, 0, 0};
  away.left = {0, -1, 0};
  EXPECT_EQ(look(matte(.5f), {away}).y, 0);
  EXPECT_EQ(look(matte(.5f), {lobe({15, 0, 0}, 1000)}).y, 0);  // behind the wall
}

TEST_F(LocalLights, LowBeamHasItsCutOffOnTheWall) {
  // The wall stands 10 m ahead; the lamp is above or below the point looked at.
  world::Light lamp = lobe({0, 0, 0}, 1);
  lamp.beam = ODDROAD_BEAM_LOW;
  lamp.position.z = .4;  // the point lies 4 % below the lamp's axis
  const float below = look(matte(.5f), {lamp}).y;
  lamp.position.z = -.4;
  const float above = look(matte(.5f), {lamp}).y;
  EXPECT_NEAR(below / (.5 * shaders::low_beam_candela(0, -.04f) / 100 / M_PI), 1, .06);
  EXPECT_LT(above, .04f * below);
}

TEST_F(LocalLights, FilmsReturnLightToTheLamp) {
  asset::Material film = matte(.6f);
  const world::Light beside_the_eye = lobe({0, .02, 0}, 1000);  // 0.11 degrees
  const float plain = look(film, {beside_the_eye}).y;
  film.retro_905nm = 565;  // R_A 180 cd/m2 per lx
  const float lit = look(film, {beside_the_eye}).y;
  EXPECT_NEAR((lit - plain) / (1000 / 100.0), 180 * .9, 80);
  const float aside = look(film, {lobe({1, 6, 0}, 1000)}).y;
  film.retro_905nm = 0;
  EXPECT_NEAR(aside, look(film, {lobe({1, 6, 0}, 1000)}).y, .001f * lit);
}

TEST_F(LocalLights, EveryFamilyIsLit) {
  for (std::uint32_t p = 0; p <= ODDROAD_PATTERN_STRIPES; ++p) {
    asset::Material m;
    m.base_color = m.second_color = math::Vec3f(.7f);
    m.pattern = static_cast<asset::Pattern>(p);
    m.pattern_strength = 0;
    m.clearcoat = p == ODDROAD_PATTERN_CAR_PAINT ? 1.f : 0.f;
    m.glass = p == ODDROAD_PATTERN_GLASS_WINDOW ? 1.f : 0.f;
    const float lambert = .7f * 100 / static_cast<float>(M_PI);  // at 100 lx
    const float out = look(m, {lobe({5, 0, 2}, 2900)}).y;
    EXPECT_GT(out, m.glass > 0 ? .05f * lambert : .5f * lambert) << p;
    EXPECT_LT(out, 1.5f * lambert) << p;
  }
}

TEST_F(LocalLights, WhatShinesAtNightIsDarkByDay) {
  asset::Material lens = asset::Material{};
  lens.emission_cd_m2 = math::Vec3f(30'000);
  lens.nocturnal = true;
  EXPECT_NEAR(look(lens, {}).y, 30'000, 30);
}

}  // namespace
}  // namespace oddroad::shade
