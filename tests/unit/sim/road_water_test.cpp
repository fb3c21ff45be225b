#include "engine/sim/road_water.h"

#include <gtest/gtest.h>

#include "engine/sim/friction.h"

namespace oddroad::sim {
namespace {

scenario::EnvironmentDraw rain(double mm_per_h) {
  scenario::EnvironmentDraw out;
  out.rain_mm_per_h = mm_per_h;
  return out;
}

TEST(RoadWater, FollowsTheRainUnlessStated) {
  EXPECT_EQ(road_surface(rain(0)).wetness, 0);
  EXPECT_EQ(road_surface(rain(0)).film_mm, 0);
  EXPECT_EQ(road_surface(rain(0)).puddles, 0);
  EXPECT_NEAR(road_surface(rain(1.5)).wetness, 0.5, 1e-12);
  EXPECT_EQ(road_surface(rain(20)).wetness, 1);
  EXPECT_EQ(road_surface(rain(20)).film_mm, water_film_mm(20));
  EXPECT_NEAR(road_surface(rain(20)).puddles, 0.06, 1e-12);
  scenario::EnvironmentDraw after = rain(0);
  after.road_wetness = 1;
  EXPECT_EQ(road_surface(after).film_mm, 0.2);
  scenario::EnvironmentDraw before = rain(20);
  before.road_wetness = 0;
  EXPECT_EQ(road_surface(before).film_mm, 0);
}

TEST(RoadWater, SnowAndIceTakeGrip) {
  RoadCover cover;
  const double dry = friction_coefficient(cover, 15);
  cover.snow = 0.5;
  EXPECT_NEAR(friction_coefficient(cover, 15), 0.5 * dry + 0.5 * kSnowFriction, 1e-12);
  cover.ice = 0.5;
  EXPECT_NEAR(friction_coefficient(cover, 15), 0.5 * kSnowFriction + 0.5 * kIceFriction, 1e-12);
  cover.ice = 1;
  EXPECT_NEAR(friction_coefficient(cover, 15), kIceFriction, 1e-12);
  scenario::EnvironmentDraw winter = rain(0);
  winter.snow_cover = 1;
  EXPECT_NEAR(road_surface(winter).snow, 0.25, 1e-12);
  winter.road_snow = 0.9;
  EXPECT_EQ(road_surface(winter).snow, 0.9);
}

}  // namespace
}  // namespace oddroad::sim
