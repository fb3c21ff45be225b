#include "engine/math/camera_model.h"

#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::math {
namespace {

constexpr double kDegree = M_PI / 180;

CameraModel brown() {
  CameraModel c{640, 480, 320, 310, 322.5, 236.5, Lens::kBrownConrady};
  c.radial = {-0.28, 0.09, -0.012, 0.01, -0.002, 0.0005};
  c.tangential = {0.0012, -0.0008};
  c.max_angle_rad = angle_limit(c);
  return c;
}

CameraModel fisheye() {
  CameraModel c{960, 960, 290, 292, 481.5, 478.25, Lens::kKannalaBrandt};
  c.radial = {-0.02, 0.003, -0.0008, 0.00005};
  c.max_angle_rad = 95 * kDegree;
  return c;
}

TEST(CameraModel, ImagePointsComeBackThroughTheirRays) {
  for (const CameraModel& c : {CameraModel{640, 480, 500, 510, 321, 239}, brown(), fisheye()}) {
    std::size_t rays = 0;
    for (int y = 0; y < c.height_px; y += 7) {
      for (int x = 0; x < c.width_px; x += 7) {
        const Vec3d d = c.direction(x + 0.5, y + 0.5);
        if (!is_ray(d)) continue;
        ++rays;
        const auto p = c.project(d * 17.0);
        ASSERT_TRUE(p.has_value());
        EXPECT_NEAR(p->x, x + 0.5, 1e-9);
        EXPECT_NEAR(p->y, y + 0.5, 1e-9);
      }
    }
    EXPECT_GT(rays, 3000u);
  }
}

TEST(CameraModel, BrownConradyIsOpenCvsFormula) {
  const CameraModel c = brown();
  const double a = 0.5, b = -0.3;
  const double r2 = a * a + b * b;
  const auto& k = c.radial;
  const double R = (1 + k[0] * r2 + k[1] * r2 * r2 + k[2] * std::pow(r2, 3)) /
                   (1 + k[3] * r2 + k[4] * r2 * r2 + k[5] * std::pow(r2, 3));
  const auto [p1, p2] = c.tangential;
  const double x = a * R + 2 * p1 * a * b + p2 * (r2 + 2 * a * a);
  const double y = b * R + p1 * (r2 + 2 * b * b) + 2 * p2 * a * b;
  const auto p = c.project({a * 4, b * 4, 4});
  ASSERT_TRUE(p.has_value());
  EXPECT_NEAR(p->x, 320 * x + 322.5, 1e-10);
  EXPECT_NEAR(p->y, 310 * y + 236.5, 1e-10);
}

TEST(CameraModel, FisheyePointAt85Degrees) {
  CameraModel c{1000, 1000, 300, 300, 500, 500, Lens::kKannalaBrandt};
  c.max_angle_rad = 95 * kDegree;
  const double theta = 85 * kDegree;
  const auto p = c.project({10 * std::sin(theta), 0, 10 * std::cos(theta)});
  ASSERT_TRUE(p.has_value());
  EXPECT_NEAR(p->x, 500 + 300 * theta, 1e-10);  // equidistant without coefficients
  EXPECT_NEAR(p->y, 500, 1e-10);
  const Vec3d d = c.direction(p->x, p->y);
  EXPECT_NEAR(std::atan2(d.x, d.z), theta, 1e-12);
  EXPECT_NEAR(glm::length(d), 1, 1e-12);
}

TEST(CameraModel, FisheyeSeesBehindItsImagePlaneUpToItsField) {
  const CameraModel c = fisheye();
  EXPECT_TRUE(c.project({std::sin(94 * kDegree), 0, std::cos(94 * kDegree)}).has_value());
  EXPECT_FALSE(c.project({std::sin(96 * kDegree), 0, std::cos(96 * kDegree)}).has_value());
  EXPECT_FALSE(is_ray(c.direction(0.5, 0.5)));  // the corner lies outside the circle
}

TEST(CameraModel, DistortionEndsWhereItTurnsBack) {
  // r (1 - r^2 / 2) grows up to r = sqrt(2 / 3).
  CameraModel c{640, 480, 300, 300, 320, 240, Lens::kBrownConrady};
  c.radial[0] = -0.5;
  EXPECT_NEAR(angle_limit(c), std::atan(std::sqrt(2.0 / 3)), 1e-4);
  c.max_angle_rad = angle_limit(c);
  EXPECT_FALSE(c.project({2, 0, 1}).has_value());   // would fold back into the image
  EXPECT_FALSE(is_ray(c.direction(639.5, 479.5)));  // farther out than the fold
  EXPECT_TRUE(is_ray(c.direction(320 + 300 * 0.54, 240)));
}

}  // namespace
}  // namespace oddroad::math
