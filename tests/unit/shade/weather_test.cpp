// Fog against Koschmieder's law, wet and snowy ground against closed forms.
#include <cmath>

#include "engine/world/falling_water.h"
#include "render/shade/air_layer.h"
#include "tests/unit/raster/test_scene.h"
#include "tests/unit/shade/both_shadings.h"
#include "tests/unit/vulkan/test_device.h"

namespace oddroad::shade {
namespace {

using scene::testing::add;
using scene::testing::model_of;
using scene::testing::view;
using scene::testing::wall;

constexpr float kSky = 1000;

asset::Material matte(float grey) {
  asset::Material m;
  m.base_color = math::Vec3f(grey);
  m.roughness = 1;
  m.pattern = asset::Pattern::kConcrete;
  m.pattern_strength = 0;
  return m;
}

math::TriangleMesh ground(float z) {
  math::TriangleMesh mesh;
  mesh.add_quad({1, 50, z}, {1, -50, z}, {2000, -50, z}, {2000, 50, z}, 0);
  return mesh;
}

class Weather : public vulkan::testing::DeviceTest {
 protected:
  // A surface seen in the middle of the image, 20 pixels below it where that is asked, under an
  // even sky of kSky.
  float shade(const math::TriangleMesh& mesh, const asset::Material& material,
              const world::Environment& environment, float fog_per_m = 0, float below_px = 0.3f) {
    fog_per_m_ = fog_per_m;
    if (!shading_) {
      ShadingOptions options;
      options.sky = [this](const world::Environment&) {
        SkyMap sky = uniform_sky(kSky);
        sky.to_sun = {-1, 0, 0};
        sky.fog_per_m = fog_per_m_;
        return sky;
      };
      shading_ = std::make_unique<testing::BothShadings>(device_, options);
    }
    world::SceneWindow window;
    window.environment = environment;
    window.environment.start_utc_s = ++calls_;  // another state: the sky is asked for again
    add(window, model_of(mesh, material));
    scene::ShadeSample s;
    s.drawable = 1;
    s.triangle = below_px < 0 ? 1 : 0;  // the half of the wall that is looked at
    s.u_px = 50.2f;
    s.v_px = 50 + below_px;
    const auto out = shading_->shade(window, view(100, 100, 100), std::span(&s, 1));
    EXPECT_TRUE(out);
    return out ? out->front().y : -1;
  }

 private:
  std::unique_ptr<scene::Shading> shading_;
  float fog_per_m_ = 0;
  std::int64_t calls_ = 0;
};

TEST_F(Weather, FogTakesContrastByKoschmieder) {
  const world::Environment none;
  for (const double visibility_m : {50.0, 200.0, 1000.0}) {
    const auto alpha = static_cast<float>(world::extinction_per_m(visibility_m));
    for (const float d : {10.f, 50.f, 200.f}) {
      const float white = shade(wall(d, 500), matte(0.9f), none, alpha);
      const float black = shade(wall(d, 500), matte(0), none, alpha);
      const float clear =
          shade(wall(d, 500), matte(0.9f), none) - shade(wall(d, 500), matte(0), none);
      EXPECT_NEAR((white - black) / clear, std::exp(-alpha * d), 2e-3) << visibility_m << " " << d;
      // What is far away looks like the horizon.
      EXPECT_NEAR(black,
                  kSky * (1 - std::exp(-alpha * d)) +
                      std::exp(-alpha * d) * shade(wall(d, 500), matte(0), none),
                  1);
    }
  }
  // Over the meteorological optical range 5 % of the contrast is left.
  const auto alpha = static_cast<float>(world::extinction_per_m(200));
  EXPECT_NEAR(std::exp(-alpha * 200), 0.05, 1e-6);
}

TEST_F(Weather, FogThinsWithHeight) {
  world::Environment low;
  low.fog_height_m = 12;
  constexpr float kAlpha = 0.01f;
  constexpr float kDistance = 100;
  for (const float below_px : {-40.f, -10.f, 0.3f}) {
    const float white = shade(wall(kDistance, 500), matte(0.9f), low, kAlpha, below_px);
    const float black = shade(wall(kDistance, 500), matte(0), low, kAlpha, below_px);
    const float clear = shade(wall(kDistance, 500), matte(0.9f), low, 0, below_px) -
                        shade(wall(kDistance, 500), matte(0), low, 0, below_px);
    // The integral along the line of sight, by many small steps.
    const double length = kDistance * std::hypot(1.0, below_px / 100, 0.002);
    double depth = 0;
    for (int i = 0; i < 20'000; ++i) {
      const double z = -below_px / 100 * kDistance * (i + 0.5) / 20'000;
      depth += kAlpha * std::exp(-z / 12) * length / 20'000;
    }
    EXPECT_NEAR((white - black) / clear, std::exp(-depth), 3e-3) << below_px;
  }
}

TEST_F(Weather, BanksKeepTheMeanAndDifferFromPlaceToPlace) {
  world::Environment banks;
  banks.fog_banks = 1;
  double sum = 0;
  double least = 1e9;
  double most = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    banks.sky_seed = seed;
    const double depth = -std::log(1 - (shade(wall(60, 500), matte(0), banks, 0.004f) -
                                        shade(wall(60, 500), matte(0), {}) * std::exp(-0.24)) /
                                           kSky);
    sum += depth;
    least = std::min(least, depth);
    most = std::max(most, depth);
  }
  EXPECT_NEAR(sum / 60 / 0.24, 1, 0.25);
  EXPECT_LT(least, 0.5 * sum / 60);
  EXPECT_GT(most, 1.4 * sum / 60);
}

TEST_F(Weather, WetWallsDarkenByLeknerAndDorf) {
  const float dry = shade(wall(10, 5), matte(0.4f), {}) - shade(wall(10, 5), matte(0), {});
  world::Environment rain;
  rain.wetness = 1;
  const float wet = shade(wall(10, 5), matte(0.4f), rain) - shade(wall(10, 5), matte(0), rain);
  // Walls get three tenths of the wet.
  const double film = 0.495 * 0.4 / (1 - 0.47 * 0.4);
  EXPECT_NEAR(wet / dry, (0.7 * 0.4 + 0.3 * film) / 0.4, 2e-3);
}

TEST_F(Weather, WetGroundShinesWithoutAddingLight) {
  world::Environment dry;
  world::Environment wet;
  wet.wetness = 1;
  world::Environment flooded = wet;
  flooded.puddles = 1;
  // Steeply seen it is darker; along the ground it looks like the sky. Never brighter than it.
  const asset::Material road = matte(0.2f);
  EXPECT_LT(shade(ground(-1.5f), road, wet, 0, 45), 0.95f * shade(ground(-1.5f), road, dry, 0, 45));
  const float flat = shade(ground(-1.5f), road, flooded, 0, 1.2f);
  EXPECT_GT(flat, 0.7f * kSky);
  EXPECT_GT(flat, 2.5f * shade(ground(-1.5f), road, dry, 0, 1.2f));
  for (const float below : {1.2f, 5.f, 20.f, 45.f}) {
    for (const float grey : {0.1f, 1.f}) {
      EXPECT_LE(shade(ground(-1.5f), matte(grey), wet, 0, below), 1.02f * kSky);
      EXPECT_LE(shade(ground(-1.5f), matte(grey), flooded, 0, below), 1.02f * kSky);
    }
  }
}

TEST_F(Weather, SnowHidesOpenGroundButNotWalls) {
  world::Environment winter;
  winter.snow_cover = 1;
  winter.snow_on_road = 1;
  EXPECT_GT(shade(ground(-1.5f), matte(0.1f), winter, 0, 30), 0.7f * kSky);
  EXPECT_NEAR(shade(wall(10, 5), matte(0.1f), winter), shade(wall(10, 5), matte(0.1f), {}), 1);
}

TEST(AirLayer, ExtinctionOfWhatFalls) {
  EXPECT_NEAR(world::rain_extinction_per_m(10), 3.1e-4 * std::pow(10, 0.67), 1e-12);
  EXPECT_NEAR(world::kLn20 / world::snow_extinction_per_m(1), 450, 10);  // its visibility at 1 mm/h
  EXPECT_EQ(world::rain_extinction_per_m(0), 0);
}

TEST(AirLayer, PhaseFunctionIsNormalised) {
  double sum = 0;
  constexpr int kSteps = 20'000;
  for (int i = 0; i < kSteps; ++i) {
    const double mu = -1 + 2 * (i + 0.5) / kSteps;
    sum += 2 * M_PI * henyey_greenstein(mu, kFogAsymmetry) * 2 / kSteps;
  }
  EXPECT_NEAR(sum, 1, 1e-3);
}

TEST(FoggySky, GivesTheLightThatIsLeft) {
  for (const double visibility : {60.0, 300.0, 3000.0}) {
    world::Environment e;
    e.sun_elevation_rad = 0.6;
    e.cloud_cover = 0;
    e.fog_visibility_m = visibility;
    const SkyMap sky = bake_sky(e, {192, 128});
    const world::Daylight left = AirLayer(e).left_of(world::daylight(0.6, 0), std::sin(0.6));
    double lux = 0;
    const Panorama& p = sky.visible;
    for (int y = 0; y < p.height_px / 2; ++y) {
      for (int x = 0; x < p.width_px; ++x) {
        const glm::vec4& t = p.texels[static_cast<std::size_t>(y) * p.width_px + x];
        lux += (0.2126 * t.x + 0.7152 * t.y + 0.0722 * t.z) *
               panorama_solid_angle(p.width_px, p.height_px, y) *
               panorama_direction(p.width_px, p.height_px, x, y).z;
      }
    }
    EXPECT_NEAR(lux / left.diffuse_horizontal_lux, 1, 0.15) << visibility;
  }
  world::Environment dense;
  dense.fog_visibility_m = 60;
  const SkyMap sky = bake_sky(dense, {192, 128});
  for (const glm::vec4& t : sky.visible.texels) EXPECT_LT(t.w, 0.01);  // no disc
}

}  // namespace
}  // namespace oddroad::shade
