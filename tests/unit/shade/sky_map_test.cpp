#include "render/shade/sky_map.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/world/daylight.h"

namespace oddroad::shade {
namespace {

double luminance(const Vec3d& c) {
  return glm::dot(c, Vec3d(0.2126, 0.7152, 0.0722));
}

world::Environment environment(double elevation_deg, double clouds) {
  world::Environment e;
  e.sun_elevation_rad = elevation_deg * M_PI / 180;
  e.sun_azimuth_rad = 0.6;
  e.cloud_cover = clouds;
  return e;
}

constexpr SkyResolution kSmall{192, 128};

// Light of the visible sky on level ground.
Vec3d sky_irradiance(const Panorama& p) {
  Vec3d sum(0);
  for (int y = 0; y < p.height_px / 2; ++y) {
    const double solid = panorama_solid_angle(p.width_px, p.height_px, y);
    for (int x = 0; x < p.width_px; ++x) {
      const double cosine = panorama_direction(p.width_px, p.height_px, x, y).z;
      sum += Vec3d(p.texels[static_cast<std::size_t>(y) * p.width_px + x]) * (solid * cosine);
    }
  }
  return sum;
}

TEST(Panorama, SolidAnglesFillTheSphere) {
  double sum = 0;
  for (int y = 0; y < 64; ++y) sum += 128 * panorama_solid_angle(128, 64, y);
  EXPECT_NEAR(sum, 4 * M_PI, 1e-12);
}

TEST(Harmonics, UniformLightIsUniformAndALampIsACosine) {
  const auto flat = uniform_sky(7).ambient_sh;
  EXPECT_NEAR(ambient(flat, glm::normalize(Vec3d(1, 2, -3))).y, 7, 1e-5);
  // Upper half bright: up 1, sideways 1/2, down 0 (second order is within 4 %).
  Panorama half{64, 32, std::vector<glm::vec4>(64 * 32, glm::vec4(0))};
  for (int i = 0; i < 64 * 16; ++i) half.texels[i] = glm::vec4(1);
  const auto h = cosine_harmonics(half);
  EXPECT_NEAR(ambient(h, {0, 0, 1}).x, 1, 0.04);
  EXPECT_NEAR(ambient(h, {1, 0, 0}).x, 0.5, 0.02);
  EXPECT_NEAR(ambient(h, {0, 0, -1}).x, 0, 0.04);
}

TEST(Sky, GivesTheIlluminanceOfDaylight) {
  for (const double clouds : {0.0, 0.4, 1.0}) {
    for (const double e : {-4.0, 3.0, 30.0, 60.0}) {
      const SkyMap sky = bake_sky(environment(e, clouds), kSmall);
      const world::Daylight light = world::daylight(e * M_PI / 180, clouds);
      EXPECT_NEAR(luminance(sky_irradiance(sky.visible)) / light.diffuse_horizontal_lux, 1, 0.06)
          << e << " degrees, clouds " << clouds;
      EXPECT_NEAR(luminance(Vec3d(sky.sun_illuminance_lux)), light.direct_normal_lux,
                  1e-3 * light.direct_normal_lux + 1e-9);
    }
  }
}

TEST(Sky, EverythingIsFiniteAndNotNegative) {
  for (const double e : {-18.0, -6.0, -0.3, 0.0, 0.3, 90.0}) {
    const SkyMap sky = bake_sky(environment(e, 0.3), kSmall);
    for (const Panorama* p : {&sky.visible, &sky.mirror.front(), &sky.mirror.back()}) {
      for (const glm::vec4& t : p->texels) {
        for (int c = 0; c < 4; ++c) ASSERT_TRUE(std::isfinite(t[c]) && t[c] >= 0) << e;
      }
    }
  }
}

TEST(Sky, ColoursFollowTheSun) {
  // Sun and sky together are near white at 45 degrees; the low sun is red, its far sky blue.
  const SkyMap high = bake_sky(environment(45, 0), kSmall);
  const Vec3d total =
      sky_irradiance(high.visible) + Vec3d(high.sun_illuminance_lux) * std::sin(M_PI / 4);
  EXPECT_NEAR(total.x / total.y, 1, 0.03);
  EXPECT_NEAR(total.z / total.y, 1, 0.03);
  EXPECT_GT(high.sun_illuminance_lux.x, high.sun_illuminance_lux.z);
  const Vec3d zenith(high.visible.texels.front());
  EXPECT_GT(zenith.z, 1.5 * zenith.x);
  const SkyMap low = bake_sky(environment(2, 0), kSmall);
  EXPECT_GT(low.sun_illuminance_lux.x, 4 * low.sun_illuminance_lux.z);
  const SkyMap grey = bake_sky(environment(40, 1), kSmall);
  const Vec3d cloud(grey.visible.texels.front());
  EXPECT_NEAR(cloud.z / cloud.x, 1.05, 0.1);
}

TEST(Sky, OvercastBrightensTowardsTheZenithAndHidesTheSun) {
  const SkyMap sky = bake_sky(environment(40, 1), kSmall);
  double zenith = 0;
  double horizon = 0;
  const Panorama& p = sky.visible;
  for (int x = 0; x < p.width_px; ++x) {
    zenith += p.texels[static_cast<std::size_t>(p.height_px / 50) * p.width_px + x].y;
    horizon += p.texels[static_cast<std::size_t>(p.height_px * 4 / 10) * p.width_px + x].y;
    EXPECT_LT(p.texels[static_cast<std::size_t>(p.height_px / 4) * p.width_px + x].w, 0.01);
  }
  EXPECT_NEAR(zenith / horizon, 2.6, 0.6);
}

TEST(Sky, SameEnvironmentSameBytes) {
  const SkyMap a = bake_sky(environment(20, 0.5), kSmall);
  const SkyMap b = bake_sky(environment(20, 0.5), kSmall);
  EXPECT_EQ(a.visible.texels, b.visible.texels);
  EXPECT_EQ(a.mirror.back().texels, b.mirror.back().texels);
  EXPECT_EQ(a.ambient_sh, b.ambient_sh);
  world::Environment other = environment(20, 0.5);
  other.sky_seed = 2;
  EXPECT_NE(bake_sky(other, kSmall).visible.texels, a.visible.texels);
}

}  // namespace
}  // namespace oddroad::shade
