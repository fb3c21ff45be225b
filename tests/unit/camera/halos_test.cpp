// The glow of a lamp in fog against the integral along the line of sight.
#include "sensors/camera/halos.h"

#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::camera {
namespace {

using math::Vec3d;
using math::Vec3f;

constexpr double kAlpha = 0.01;
constexpr double kDistance = 60;
constexpr double kCandela = 500;

struct Night {
  world::SceneWindow window;
  scene::CameraView view;
  scene::VisibilityRecord record;
  capture::Image<Vec3f> image{400, 300};

  Night() {
    window.environment.fog_visibility_m = world::kLn20 / kAlpha;
    world::Light lamp;
    lamp.position = {kDistance, 0, 0};
    lamp.axis = {-1, 0, 0};
    lamp.candela = Vec3f(kCandela);
    lamp.exponent = 0;
    window.lights = {lamp};
    view.camera.width_px = 400;
    view.camera.height_px = 300;
    view.camera.fx_px = view.camera.fy_px = 400;
    view.camera.cx_px = 200;
    view.camera.cy_px = 150;
    view.T_world_camera.linear = glm::dmat3(Vec3d(0, -1, 0), Vec3d(0, 0, -1), Vec3d(1, 0, 0));
    record.width_px = 400;
    record.height_px = 300;
    record.drawable.resize(400 * 300);
    record.triangle.resize(400 * 300);
    std::fill(record.drawable.begin(), record.drawable.end(), 0u);
    std::fill(record.triangle.begin(), record.triangle.end(), 0u);
  }
};

// Single scattering: the sum over the line of sight of a I p(angle) e^(-a (s + r)) / r^2 ds.
double integral(double off_axis) {
  double sum = 0;
  constexpr double kStep = 0.002;
  for (double s = 0.5 * kStep; s < 3 * kDistance; s += kStep) {
    const Vec3d at(s * std::cos(off_axis), s * std::sin(off_axis), 0);
    const Vec3d from_lamp = at - Vec3d(kDistance, 0, 0);
    const double r2 = glm::dot(from_lamp, from_lamp);
    const double r = std::sqrt(r2);
    if (from_lamp.x > 0) continue;  // the lamp shines to the front
    const double mu = glm::dot(from_lamp / r, -at / s);
    constexpr double g = 0.85;
    const double base = 1 + g * g - 2 * g * mu;
    const double phase = (1 - g * g) / (4 * M_PI * base * std::sqrt(base));
    sum += kAlpha * kCandela * phase * std::exp(-kAlpha * (s + r)) / r2 * kStep;
  }
  return sum;
}

TEST(Halos, GlowAsTheIntegralSays) {
  Night night;
  add_halos(night.window, night.view, night.record, night.image);
  for (const int off_px : {8, 20, 50}) {
    const double angle = std::atan((off_px + 0.5) / 400);
    const double expected = integral(angle);
    EXPECT_NEAR(night.image.at(200 + off_px, 150).y / expected, 1, 0.06) << off_px;
  }
}

TEST(Halos, NoneInClearAirAndNoneBehindWalls) {
  Night clear;
  clear.window.environment.fog_visibility_m = 0;
  add_halos(clear.window, clear.view, clear.record, clear.image);
  for (const Vec3f& c : clear.image.pixels) EXPECT_EQ(c, Vec3f(0));
  // A wall 6 m before the camera hides nearly all of it.
  Night walled;
  const auto model = std::make_shared<asset::Model>();
  auto mesh = std::make_shared<math::TriangleMesh>();
  mesh->add_quad({6, 90, -90}, {6, -90, -90}, {6, -90, 90}, {6, 90, 90}, 0);
  world::Drawable wall;
  wall.model = model;
  wall.mesh = mesh.get();
  wall.T_world_mesh = {math::to_float(math::Affine3d{})};
  walled.window.drawables.push_back(wall);
  std::fill(walled.record.drawable.begin(), walled.record.drawable.end(), 1u);
  add_halos(walled.window, walled.view, walled.record, walled.image);
  Night open;
  add_halos(open.window, open.view, open.record, open.image);
  EXPECT_LT(walled.image.at(210, 150).y, 0.02 * open.image.at(210, 150).y);
}

}  // namespace
}  // namespace oddroad::camera
