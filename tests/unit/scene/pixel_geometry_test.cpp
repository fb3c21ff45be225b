#include "render/scene/pixel_geometry.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "render/scene/pixel_runs.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3d;
using Triangle = std::array<Vec3d, 3>;

TEST(IntersectExact, TiltedPlaneMeetsClosedForm) {
  // Plane x + z = 12: along direction (1, 0, 0.5) from the origin, t = 12 / 1.5 = 8.
  const std::array<Vec3d, 3> triangle = {Vec3d(12, -50, 0), Vec3d(-8, 0, 20), Vec3d(12, 50, 0)};
  const auto hit = scene::intersect_exact({0, 0, 0}, {1, 0, 0.5}, triangle);
  EXPECT_TRUE(hit.inside);
  EXPECT_NEAR(hit.t, 8, 1e-12);
}

TEST(IntersectExact, OutsideStaysWithinTheCorners) {
  const std::array<Vec3d, 3> triangle = {Vec3d(5, 1, 0), Vec3d(9, 2, 0), Vec3d(7, 1.2, 1e-6)};
  const auto hit = scene::intersect_exact({0, 0, 0}, {1, 0, 0}, triangle);
  EXPECT_FALSE(hit.inside);
  EXPECT_GE(hit.t, 5);
  EXPECT_LE(hit.t, 9);
}

TEST(IntersectExact, DegenerateTriangleIsNotHit) {
  const std::array<Vec3d, 3> triangle = {Vec3d(5, 0, 0), Vec3d(5, 0, 0), Vec3d(6, 0, 0)};
  EXPECT_FALSE(scene::intersect_exact({0, 0, 0}, {1, 0, 0}, triangle).inside);
}

// Any triangle within reach of a ray along x from somewhere behind the origin.
struct RandomCase {
  Triangle triangle;
  Vec3d origin;
  Vec3d direction;
};

RandomCase random_case(core::RandomStream& random) {
  const auto within = [&](double low, double high) {
    return random.uniform(low, high);
  };
  RandomCase c;
  for (Vec3d& corner : c.triangle) corner = {within(2, 40), within(-3, 3), within(-3, 3)};
  c.origin = {within(-5, 0), within(-1, 1), within(-1, 1)};
  c.direction = {1, within(-0.1, 0.1), within(-0.1, 0.1)};
  return c;
}

TEST(AimedTriangle, DecidesAsTheExactIntersection) {
  core::RandomStream random(5, "triangles");
  int hits = 0;
  for (int k = 0; k < 20'000; ++k) {
    const RandomCase c = random_case(random);
    const auto exact = scene::intersect_exact(c.origin, c.direction, c.triangle);
    const auto hit = scene::AimedTriangle(c.origin, c.triangle).hit(c.direction);
    ASSERT_EQ(hit.has_value(), exact.inside) << k;
    if (hit) {
      EXPECT_NEAR(*hit, exact.t, 1e-9 * exact.t);
    }
    hits += hit.has_value();
  }
  EXPECT_GT(hits, 500);
}

// A run's quick distances against each ray on its own, planes seen along their faces included.
TEST(RunDistances, AreThoseOfEachRay) {
  const math::CameraModel camera{200, 10, 100, 100, 100, 5};
  const scene::CameraView view{camera, tests::looking_forward({0, 0, 0}), 0};
  core::RandomStream random(6, "runs");
  for (int k = 0; k < 500; ++k) {
    Triangle triangle = random_case(random).triangle;
    if (k % 4 == 0) {  // through the eye
      triangle[1] = 2.0 * triangle[0] + 1e-6 * triangle[1];
    }
    const scene::TrianglePlane plane(triangle);
    const scene::RowRays rays(view, k % 10);
    const scene::PixelRun run{20, 180, 20, 1, 0, &plane};
    const scene::RunDistances t(run, rays);
    for (int x = run.x0; x < run.x1; ++x) {
      const double one = plane.meet(view.ray_at(x, k % 10));
      ASSERT_NEAR(t.at(x), one, 1e-9 * std::abs(one)) << k << ", " << x;
    }
  }
}

}  // namespace
}  // namespace oddroad
