// Shadows of lamps and of the sun, and places that the sky does not reach, against geometry.
#include <cmath>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "render/scene/light_grid.h"
#include "sensors/camera/samples.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

math::TriangleMesh level(float half) {
  math::TriangleMesh mesh;
  mesh.add_quad({-half, -half, 0}, {half, -half, 0}, {half, half, 0}, {-half, half, 0}, 0);
  return mesh;
}

// What a camera of 200 x 200 pixels sees of a world, row-major.
class Seen {
 public:
  Seen(const world::SceneWindow& window, const math::Vec3d& eye, double focal_px = 200,
       double horizon_px = 40)
      : view_{{200, 200, focal_px, focal_px, 100, horizon_px}, tests::looking_forward(eye), 0},
        eye_(eye) {
    auto factory = cast::make_embree_factory();
    const auto caster = (*factory)->create(window);
    set_ = camera::make_samples(window, view_, *caster, caster->record(view_));
  }
  [[nodiscard]] const scene::ShadeSample& at(int x, int y) const {
    return set_.samples[static_cast<std::size_t>(y) * 200 + static_cast<std::size_t>(x)];
  }
  // The sample of level ground at a place ahead of the eye.
  [[nodiscard]] const scene::ShadeSample& ground(double x, double y) const {
    const double u = 100 - view_.camera.fx_px * (y - eye_.y) / (x - eye_.x);
    const double v = view_.camera.cy_px + view_.camera.fy_px * eye_.z / (x - eye_.x);
    return at(static_cast<int>(u), static_cast<int>(v));
  }

 private:
  scene::CameraView view_;
  math::Vec3d eye_;
  camera::SampleSet set_;
};

double lamp_share(const world::SceneWindow& window, const scene::ShadeSample& s,
                  std::uint32_t light) {
  const scene::LightGrid grid(window, scene::least_lux(window.environment));
  const auto members = grid.lights_of(s.light_cell);
  for (std::uint32_t k = 0; k < std::min<std::size_t>(members.size(), 4); ++k) {
    if (members[k] == light) return (s.light_visibility >> (8 * k) & 255u) / 255.0;
  }
  return -1;
}

world::Light lamp(const math::Vec3d& at, const math::Vec3d& axis) {
  world::Light out;
  out.position = at;
  out.axis = axis;
  out.up = std::abs(axis.z) > .5 ? math::Vec3d(1, 0, 0) : math::Vec3d(0, 0, 1);
  out.left = glm::cross(out.up, out.axis);
  out.candela = math::Vec3f(2000);
  return out;
}

// Two lamps 6 m up, 10 m apart; a slab 2 m up hides a piece of ground from each.
TEST(LampShadows, FallWhereGeometryPutsThem) {
  tests::TestWorld world;
  world.add_static("ground", tests::model_of(level(60)), false);
  world.add_static("slab", tests::model_of(tests::box_mesh({11, -1, 2}, {13, 1, 2.05f})), false);
  world.timeline().environment.sun_elevation_rad = -.5;
  world::SceneWindow window = world.window(0, 0);
  window.lights = {lamp({12, 5, 6}, {0, 0, -1}), lamp({12, -5, 6}, {0, 0, -1})};
  const Seen seen(window, {0, 0, 8}, 200, 20);
  // The slab's shadow by the lamp at y = 5: from y = 5 + (-1 - 5) * 1.5 = -4 to -1, x 10.5 to 13.5.
  EXPECT_LT(lamp_share(window, seen.ground(12, -2.5), 0), .05);
  EXPECT_GT(lamp_share(window, seen.ground(12, -2.5), 1), .95);
  EXPECT_LT(lamp_share(window, seen.ground(12, 2.5), 1), .05);
  EXPECT_GT(lamp_share(window, seen.ground(12, 2.5), 0), .95);
  EXPECT_GT(lamp_share(window, seen.ground(16, -2.5), 0), .95);
  EXPECT_GT(lamp_share(window, seen.ground(12, 4), 0), .95);
}

// The sun's disc is 0.53 degrees wide: at 20 m the half-shadow of an edge is 0.19 m wide.
TEST(SunShadows, SoftenWithDistance) {
  for (const double high : {1.0, 20.0}) {
    tests::TestWorld world;
    world.add_static("ground", tests::model_of(level(60)), false);
    const auto z = static_cast<float>(high);
    world.add_static("roof", tests::model_of(tests::box_mesh({-50, 0, z}, {50, 50, z + 1})), false);
    world.timeline().environment.sun_elevation_rad = M_PI / 2 - .0001;
    // A pixel shows 2.5 mm of ground at 5 m.
    const Seen seen(world.window(0, 0), {0, 0, .8}, 2000, -200);
    const double width = 2 * .004654 * high;
    double before = 1;
    for (double y = -.2; y <= .2; y += .01) {
      const double lit = seen.ground(5, y).sun_visibility;
      EXPECT_LE(lit, before + .13) << high << " " << y;
      if (y < -.5 * width - .02) {
        EXPECT_GT(lit, .99) << high << " " << y;
      }
      if (y > .5 * width + .02) {
        EXPECT_LT(lit, .01) << high << " " << y;
      }
      before = lit;
    }
    if (high > 10) {
      EXPECT_NEAR(seen.ground(5, 0).sun_visibility, .5, .2);
      EXPECT_NEAR(seen.ground(5, -.3 * width).sun_visibility, .86, .14);
    }
  }
}

TEST(SkyLight, DoesNotReachIntoTunnelsButIntoStreets) {
  tests::TestWorld world;
  world.add_static("ground", tests::model_of(level(200)), false);
  // A tunnel 8 m wide and 5 m high from x = 20 on.
  world.add_static("left", tests::model_of(tests::box_mesh({20, 4, 0}, {180, 8, 5})), false);
  world.add_static("right", tests::model_of(tests::box_mesh({20, -8, 0}, {180, -4, 5})), false);
  world.add_static("roof", tests::model_of(tests::box_mesh({20, -8, 5}, {180, 8, 6})), false);
  world.timeline().environment.sun_elevation_rad = .7;
  world.timeline().environment.sun_azimuth_rad = 1.2;
  const world::SceneWindow window = world.window(0, 0);
  const Seen inside(window, {60, 0, 1.5});
  EXPECT_LT(inside.ground(66, 0).sky_visibility, .02);
  EXPECT_LT(inside.at(100, 10).sky_visibility, .02);  // the ceiling
  EXPECT_LT(inside.at(20, 45).sky_visibility, .02);   // a wall
  // Nor does the sun, whichever way a wall faces.
  for (const int x : {20, 180}) EXPECT_EQ(inside.at(x, 45).sun_visibility, 0) << x;
  const Seen outside(window, {-20, 0, 1.5});
  EXPECT_GT(outside.ground(-12, 0).sky_visibility, .97);

  tests::TestWorld street;
  street.add_static("ground", tests::model_of(level(200)), false);
  street.add_static("left", tests::model_of(tests::box_mesh({-90, 8, 0}, {90, 20, 10})), false);
  street.add_static("right", tests::model_of(tests::box_mesh({-90, -20, 0}, {90, -8, 10})), false);
  const Seen canyon(street.window(0, 0), {0, 0, 1.5});
  EXPECT_GT(canyon.ground(8, 0).sky_visibility, .75);
  EXPECT_LT(canyon.ground(8, 0).sky_visibility, .99);
}

}  // namespace
}  // namespace oddroad
