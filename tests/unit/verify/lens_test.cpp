// The proof's own lens code against numbers worked out by hand and against itself, back and forth.
#include "engine/verify/lens.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace oddroad::verify {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

CameraRecord camera(const std::string& model, std::vector<double> distortion) {
  CameraRecord c;
  c.model = model;
  c.width_px = 640, c.height_px = 480;
  c.fx_px = 300, c.fy_px = 310, c.cx_px = 322, c.cy_px = 238;
  c.distortion = std::move(distortion);
  c.max_angle_rad = (model == "kannala_brandt" ? 95 : 60) * kDegree;
  return c;
}

void expect_round_trip(const CameraRecord& record, int at_least) {
  const Lens lens(record);
  int shown = 0;
  for (int y = -100; y < 580; y += 20) {
    for (int x = -100; x < 740; x += 20) {
      const auto d = lens.direction(x, y);
      if (!d) continue;
      ++shown;
      EXPECT_NEAR(glm::length(*d), 1, 1e-14);
      const auto p = lens.project(3.7 * *d);
      ASSERT_TRUE(p.has_value()) << x << " " << y;
      EXPECT_NEAR(p->x, x, 1e-8);
      EXPECT_NEAR(p->y, y, 1e-8);
    }
  }
  EXPECT_GE(shown, at_least);
}

TEST(Lens, PinholeIsAPlane) {
  const Lens lens(camera("pinhole", {}));
  const auto p = lens.project({1, -2, 4});
  EXPECT_NEAR(p->x, 322 + 75, 1e-12);
  EXPECT_NEAR(p->y, 238 - 155, 1e-12);
  EXPECT_FALSE(lens.project({1, 0, -1}).has_value());
  expect_round_trip(camera("pinhole", {}), 34 * 42);
}

TEST(Lens, BrownConradyByHand) {
  const Lens lens(camera("brown_conrady", {-0.3, 0.1, 0.001, -0.002, 0.05}));
  // a = 0.5, b = 0.25: r2 = 0.3125, R = 1 - 0.09375 + 0.009765625 + 0.00152587890625
  const double R = 0.91754150390625;
  const double a = 0.5 * R + 2 * 0.001 * 0.125 - 0.002 * (0.3125 + 0.5);
  const double b = 0.25 * R + 0.001 * (0.3125 + 0.125) - 2 * 0.002 * 0.125;
  const auto p = lens.project({1, 0.5, 2});
  EXPECT_NEAR(p->x, 300 * a + 322, 1e-10);
  EXPECT_NEAR(p->y, 310 * b + 238, 1e-10);
}

TEST(Lens, BrownConradyRoundTrips) {
  expect_round_trip(camera("brown_conrady", {-0.25, 0.07, 0.001, -0.002, -0.008}), 700);
  expect_round_trip(camera("brown_conrady", {0.3, 0.1, 0, 0, 0.02, 0.6, 0.2, 0.03}), 700);
}

TEST(Lens, FisheyeAt85DegreesAndBehind) {
  const CameraRecord record = camera("kannala_brandt", {0.02, -0.003, 0.0004, -0.00002});
  const Lens lens(record);
  for (const double degrees : {1.0, 60.0, 85.0, 90.0, 94.9}) {
    const double t = degrees * kDegree;
    const double d = t * (1 + 0.02 * t * t - 0.003 * std::pow(t, 4) + 0.0004 * std::pow(t, 6) -
                          0.00002 * std::pow(t, 8));
    const double phi = 0.7;
    const math::Vec3d p =
        5.0 * math::Vec3d(std::sin(t) * std::cos(phi), std::sin(t) * std::sin(phi), std::cos(t));
    const auto image = lens.project(p);
    ASSERT_TRUE(image.has_value());
    EXPECT_NEAR(image->x, 300 * d * std::cos(phi) + 322, 1e-9);
    EXPECT_NEAR(image->y, 310 * d * std::sin(phi) + 238, 1e-9);
    EXPECT_LT(glm::length(*lens.direction(image->x, image->y) - p / 5.0), 1e-13);
  }
  EXPECT_FALSE(lens.project({std::sin(95.1 * kDegree), 0, std::cos(95.1 * kDegree)}).has_value());
  expect_round_trip(record, 700);
}

TEST(Lens, ShowsNothingBeyondItsLimit) {
  CameraRecord record = camera("brown_conrady", {-0.3, 0.1});
  record.max_angle_rad = 40 * kDegree;
  const Lens lens(record);
  const auto rim = lens.project({std::tan(39.99 * kDegree), 0, 1});
  ASSERT_TRUE(rim.has_value());
  EXPECT_TRUE(lens.direction(rim->x, rim->y).has_value());
  EXPECT_FALSE(lens.direction(rim->x + 1, rim->y).has_value());
  EXPECT_FALSE(lens.project({std::tan(40.01 * kDegree), 0, 1}).has_value());
}

TEST(Lens, KnowsHowFarItIsOneToOne) {
  // r (1 - 0.3 r^2) grows up to r = 1 / sqrt(0.9).
  EXPECT_NEAR(Lens(camera("brown_conrady", {-0.3})).monotone_up_to_rad(80 * kDegree),
              std::atan(1 / std::sqrt(0.9)), 2e-4);
}

}  // namespace
}  // namespace oddroad::verify
