#include "render/scene/light_grid.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace oddroad::scene {
namespace {

using math::Vec2d;
using math::Vec3d;

world::Light lamp(std::uint32_t beam, const Vec3d& position, double heading_rad, float candela) {
  world::Light out;
  out.beam = beam;
  out.position = position;
  out.candela = math::Vec3f(candela);
  const Vec3d ahead(std::cos(heading_rad), std::sin(heading_rad), 0);
  const Vec3d left(-ahead.y, ahead.x, 0);
  out.axis = beam == ODDROAD_BEAM_STREET ? Vec3d(0, 0, -1) : ahead;
  out.up = beam == ODDROAD_BEAM_STREET ? left : Vec3d(0, 0, 1);
  out.left = glm::cross(out.up, out.axis);
  return out;
}

// A street of lamps, cars of which some have the high beam on, brake lamps and shop windows.
world::SceneWindow town(std::uint64_t seed) {
  core::RandomStream random(seed, "test/lights");
  world::SceneWindow out;
  out.environment.sun_elevation_rad = -.4;
  for (int k = 0; k < 30; ++k) {
    const Vec3d at(random.uniform(-150, 150), random.uniform(-60, 60), 0);
    const double heading = random.uniform(0, 2 * M_PI);
    out.lights.push_back(lamp(ODDROAD_BEAM_STREET, at + Vec3d(0, 0, 8), heading, 1800));
    out.lights.push_back(lamp(ODDROAD_BEAM_LOW, at + Vec3d(20, 0, .65), heading, 1));
    out.lights.push_back(lamp(ODDROAD_BEAM_HIGH, at + Vec3d(20, 9, .65), heading, 1));
    out.lights.push_back(lamp(ODDROAD_BEAM_COSINE, at + Vec3d(-7, 0, .9), heading, 110));
  }
  return out;
}

double lux(const world::Light& light, const Vec3d& at) {
  const Vec3d way = at - light.position;
  const double d2 = glm::dot(way, way);
  return world::intensity(light, way / std::sqrt(d2)).x / d2;
}

// Against the sum over all lamps: what the cells leave out is a sliver of light.
TEST(LightGrid, LeavesOutOnlyWhatCannotBeSeen) {
  const world::SceneWindow window = town(7);
  const LightGrid grid(window, kLeastLux);
  core::RandomStream random(1, "test/places");
  for (int i = 0; i < 4000; ++i) {
    const Vec3d at(random.uniform(-220, 220), random.uniform(-120, 120), random.uniform(0, 3));
    double all = 0;
    for (const world::Light& light : window.lights) {
      if (glm::length(light.position - at) < LightGrid::kFarthest_m) all += lux(light, at);
    }
    double kept = 0;
    const auto members = grid.lights_of(grid.cell_at(at));
    for (const std::uint32_t l : members) kept += lux(window.lights[l], at);
    EXPECT_GT(kept, .98 * all - .3) << at.x << " " << at.y;
    EXPECT_LE(members.size(), LightGrid::kMostInCell);
  }
}

// A car park of brake lamps: those without room in a cell still light what stands there.
TEST(LightGrid, LampsWithoutRoomAreLightFromAround) {
  const auto radiance = [](std::size_t count) {
    world::SceneWindow window;
    window.environment.sun_elevation_rad = -.4;
    window.lights.assign(count, lamp(ODDROAD_BEAM_COSINE, {0, 0, .9}, 0, 400));
    const LightGrid grid(window, kLeastLux);
    const std::uint32_t cell = grid.cell_at({8, 0, 0});
    EXPECT_EQ(grid.lights_of(cell).size(), std::min(count, LightGrid::kMostInCell));
    return double{grid.cells()[cell].ground_radiance.x};
  };
  const double extra = radiance(3 * LightGrid::kMostInCell) - radiance(LightGrid::kMostInCell);
  // A quarter of their illuminance arrives on walls, which see the ground's radiance at 0.62.
  const double at_8m = 2.0 * LightGrid::kMostInCell * 400 / (8 * 8) * .25 / (.62 * M_PI);
  EXPECT_GT(extra, .4 * at_8m);  // cells reach to 12 m, and are blurred
  EXPECT_LT(extra, at_8m);
}

TEST(LightGrid, IsTheSameEachTimeAndEmptyWithoutLights) {
  const world::SceneWindow window = town(3);
  const LightGrid a(window, kLeastLux);
  const LightGrid b(window, kLeastLux);
  EXPECT_EQ(a.members(), b.members());
  EXPECT_FALSE(a.members().empty());
  const LightGrid none(world::SceneWindow{}, kLeastLux);
  EXPECT_EQ(none.cell_at({0, 0, 0}), LightGrid::kNoCell);
  EXPECT_TRUE(none.lights_of(LightGrid::kNoCell).empty());
}

TEST(LightGrid, DaylightOutshinesLampsButNotInTunnels) {
  world::SceneWindow window = town(5);
  window.environment.sun_elevation_rad = .8;
  const float day = least_lux(window.environment);
  EXPECT_GT(day, 100);
  const LightGrid grid(window, day);
  EXPECT_LT(grid.members().size(), LightGrid(window, kLeastLux).members().size() / 4);
  for (world::Light& light : window.lights) light.always = true;
  EXPECT_EQ(LightGrid(window, day).members(), LightGrid(window, kLeastLux).members());
}

// Level ground under one lamp: E = I / h^2, and the cell shows about that over pi times albedo.
TEST(LightGrid, GroundAroundLampsIsBright) {
  world::SceneWindow window;
  window.lights.push_back(lamp(ODDROAD_BEAM_STREET, {4, 4, 8}, 0, 1000));
  const LightGrid grid(window, kLeastLux);
  const float below = grid.cells()[grid.cell_at({4, 4, 0})].ground_radiance.y;
  const double straight_down = .13 / M_PI * 1000 / 64;
  EXPECT_LT(below, straight_down);
  EXPECT_GT(below, .3 * straight_down);
}

}  // namespace
}  // namespace oddroad::scene
