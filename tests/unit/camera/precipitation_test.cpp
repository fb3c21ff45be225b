// What falls between the lens and the scene: how much, how long, how bright.
#include "sensors/camera/precipitation.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sensors/camera/pane_drops.h"
#include "sensors/camera/streaks.h"

namespace oddroad::camera {
namespace {

using math::Vec3f;

scene::CameraView forward_view() {
  scene::CameraView view;
  view.camera.width_px = 640;
  view.camera.height_px = 360;
  view.camera.fx_px = view.camera.fy_px = 400;
  view.camera.cx_px = 320;
  view.camera.cy_px = 180;
  view.T_world_camera.linear =
      glm::dmat3(math::Vec3d(0, -1, 0), math::Vec3d(0, 0, -1), math::Vec3d(1, 0, 0));
  view.T_world_camera.translation = {0, 0, 1.5};
  return view;
}

const Surroundings kEven{Vec3f(100), Vec3f(100)};

world::Environment raining(double mm_per_h) {
  world::Environment e;
  e.rain_mm_per_h = mm_per_h;
  return e;
}

// Solid angle of a rectangle seen from its axis: 4 asin(sin(a) sin(b)).
double solid_angle(const math::CameraModel& c) {
  return 4 * std::asin(std::sin(std::atan(c.width_px / 2.0 / c.fx_px)) *
                       std::sin(std::atan(c.height_px / 2.0 / c.fy_px)));
}

TEST(Falling, DropsAreThoseOfMarshallAndPalmer) {
  for (const double rain : {1.0, 10.0, 60.0}) {
    double sum = 0;
    constexpr double kStep = 1e-3;
    for (double d = 1 + 0.5 * kStep; d < 15; d += kStep) {
      sum += 8000 * std::exp(-4.1 * std::pow(rain, -0.21) * d) * kStep;
    }
    EXPECT_NEAR(rain_drops_per_m3(rain, 1) / sum, 1, 1e-5);
  }
  EXPECT_EQ(rain_drops_per_m3(0, 1), 0);
}

TEST(Falling, ViewsHoldAsManyAsTheirVolume) {
  const scene::CameraView view = forward_view();
  const double volume = solid_angle(view.camera) * (4 * 4 * 4 - 2 * 2 * 2) / 3;
  int found = 0;
  constexpr int kFrames = 30;
  for (std::uint64_t key = 0; key < kFrames; ++key) {
    for (const Particle& p : falling_particles(raining(25), view, {}, key)) {
      found += p.distance_m >= 2 && p.distance_m < 4 && p.diameter_m >= 2e-3;
    }
  }
  const double expected = kFrames * volume * rain_drops_per_m3(25, 2);
  EXPECT_NEAR(found / expected, 1, 0.04) << expected;
}

TEST(Falling, SameKeySameDrops) {
  const scene::CameraView view = forward_view();
  const auto a = falling_particles(raining(5), view, {}, 3);
  const auto b = falling_particles(raining(5), view, {}, 3);
  const auto c = falling_particles(raining(5), view, {}, 4);
  ASSERT_EQ(a.size(), b.size());
  ASSERT_FALSE(a.empty());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].place, b[i].place);
  EXPECT_NE(a.front().place, c.front().place);
  EXPECT_TRUE(falling_particles({}, view, {}, 3).empty());
}

TEST(Falling, LargeDropsFallFaster) {
  EXPECT_NEAR(rain_fall_speed_mps(1), 9.65 - 10.3 * std::exp(-0.6), 1e-12);  // 4.0 m/s
  EXPECT_NEAR(rain_fall_speed_mps(5), 9.14, 0.05);
  EXPECT_GT(snow_fall_speed_mps(0), snow_fall_speed_mps(-5));
}

TEST(Streaks, AParticleTakesItsAreaOfLightWhateverItsMotion) {
  const scene::CameraView view = forward_view();
  for (const double speed : {0.0, 5.0, 40.0}) {
    capture::Image<Vec3f> image(640, 360);
    for (Vec3f& c : image.pixels) c = Vec3f(100);
    Particle p;
    p.place = {2, 0.1, 1.6};
    p.velocity_mps = {0, 0, -speed};
    p.distance_m = 2;
    p.diameter_m = 3e-3;
    const Exposure exposure{.time_s = 0.008};
    draw_streaks(std::span(&p, 1), view, exposure, kEven, image);
    // A drop shows 0.94 of what is around: it takes 6 % of the light from its share of the pixels.
    double taken = 0;
    for (const Vec3f& c : image.pixels) taken += (100 - c.y) / 6;
    const double size_px = 400 * 3e-3 / 2;
    EXPECT_NEAR(taken / (M_PI / 4 * size_px * size_px), 1, 0.25) << speed;
  }
}

TEST(Streaks, TheyAreAsLongAsTheExposure) {
  const scene::CameraView view = forward_view();
  capture::Image<Vec3f> image(640, 360);
  for (Vec3f& c : image.pixels) c = Vec3f(100);
  Particle p;
  p.place = {2, 0, 1.5};
  p.velocity_mps = {0, 0, -8};
  p.distance_m = 2;
  p.diameter_m = 4e-3;
  draw_streaks(std::span(&p, 1), view, {.time_s = 0.02}, kEven, image);
  int first = 360;
  int last = 0;
  for (int y = 0; y < 360; ++y) {
    for (int x = 0; x < 640; ++x) {
      if (image.at(x, y).y > 99.9999f) continue;
      first = std::min(first, y);
      last = std::max(last, y);
    }
  }
  EXPECT_NEAR(last - first, 400 * 8 * 0.02 / 2, 4);  // f v t / z
}

TEST(PaneDrops, TheWiperTakesThemAndTheyStayBetween) {
  const auto at = [](double seconds) {
    capture::Image<Vec3f> image(320, 200);
    for (int y = 0; y < 200; ++y) {
      for (int x = 0; x < 320; ++x) image.at(x, y) = Vec3f(static_cast<float>(10 + y));
    }
    add_pane_drops(20, std::int64_t(seconds * 1e9), 5, image);
    int changed = 0;
    for (int y = 0; y < 200; ++y) {
      for (int x = 0; x < 320; ++x) changed += image.at(x, y).y != static_cast<float>(10 + y);
    }
    return changed;
  };
  // A stroke every 0.7 s: fewest right after one, most before the next.
  EXPECT_EQ(at(0.7001), 0);
  EXPECT_GT(at(1.39), 500);
  EXPECT_LE(at(1.0), at(1.39));
  EXPECT_EQ(at(1.39), at(1.39));
}

}  // namespace
}  // namespace oddroad::camera
