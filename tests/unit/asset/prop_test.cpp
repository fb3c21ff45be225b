#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {
namespace {

// Every mesh: lists agree, indices in range, finite, unit normals that side with the winding.
void expect_sound(const TriangleMesh& mesh) {
  ASSERT_EQ(mesh.normals.size(), mesh.positions.size());
  ASSERT_EQ(mesh.uvs.size(), mesh.positions.size());
  ASSERT_EQ(mesh.material.size(), mesh.triangles.size());
  ASSERT_GT(mesh.triangles.size(), 0u);
  int wrong_side = 0;
  for (const auto& [a, b, c] : mesh.triangles) {
    ASSERT_LT(std::max({a, b, c}), mesh.positions.size());
    const Vec3f face =
        glm::cross(mesh.positions[b] - mesh.positions[a], mesh.positions[c] - mesh.positions[a]);
    if (glm::dot(face, mesh.normals[a] + mesh.normals[b] + mesh.normals[c]) <= 0) ++wrong_side;
  }
  EXPECT_EQ(wrong_side, 0);
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    ASSERT_TRUE(std::isfinite(glm::dot(mesh.positions[i], Vec3f(1))));
    ASSERT_NEAR(glm::length(mesh.normals[i]), 1.0f, 1e-4f);
  }
}

TEST(MeshTools, VolumesOfClosedSolidsArePositiveAndRight) {
  const TriangleMesh plain = box({1, 2, 3}, {2, 1, 0.5f}, 0);
  expect_sound(plain);
  EXPECT_NEAR(signed_volume(plain), 1.0, 1e-6);
  const TriangleMesh bevelled = box({1, 2, 3}, {2, 1, 0.5f}, 0, 0.05f);
  expect_sound(bevelled);
  EXPECT_NEAR(signed_volume(bevelled), 1.0 - 0.5 * 0.0025 * 4 * 3.5, 5e-3);
  EXPECT_LT(signed_volume(bevelled), 1.0);

  const TriangleMesh rod = cylinder({0, 0, 0}, {0, 3, 4}, 0.1f, 0.1f, 64, 0);
  expect_sound(rod);
  EXPECT_NEAR(signed_volume(rod), 5 * M_PI * 0.01, 1e-3);
  const TriangleMesh cone = cylinder({0, 0, 0}, {0, 0, 1}, 0.5f, 0, 64, 0);
  expect_sound(cone);
  EXPECT_NEAR(signed_volume(cone), M_PI * 0.25 / 3, 1e-3);

  const TriangleMesh ball = ellipsoid({5, 5, 5}, {1, 2, 3}, 64, 32, 0);
  expect_sound(ball);
  EXPECT_NEAR(signed_volume(ball), 4.0 / 3 * M_PI * 6, 0.15);

  const Vec2f profile[] = {{0, 0}, {1, 0}, {1, 2}, {0, 2}};
  const TriangleMesh drum = lathe(profile, 0, {.segments = 128});
  expect_sound(drum);
  EXPECT_NEAR(signed_volume(drum), 2 * M_PI, 0.01);

  const Vec2f ell[] = {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}};
  const TriangleMesh prism = extrude(ell, 0, 2, 0);
  expect_sound(prism);
  EXPECT_NEAR(signed_volume(prism), 6.0, 1e-5);
  const TriangleMesh soft = extrude(ell, 0, 2, 0, 0.02f);
  expect_sound(soft);
  EXPECT_LT(signed_volume(soft), 6.0);

  const auto outer = circle(1.0f, 48);
  const auto inner = circle(0.5f, 48);
  const TriangleMesh washer = frame_prism(outer, inner, 0, 1, {}, 0);
  expect_sound(washer);
  EXPECT_NEAR(signed_volume(washer), 0.75 * M_PI, 0.01);
}

TEST(MeshTools, ClosedTubeIsATorus) {
  std::vector<Vec3f> path;
  for (const Vec2f& p : circle(1.0f, 48)) path.emplace_back(p, 0);
  path.push_back(path.front());
  const float radius[] = {0.2f};
  const TriangleMesh torus = tube(path, radius, 24, 0);
  expect_sound(torus);
  EXPECT_NEAR(signed_volume(torus), 2 * M_PI * M_PI * 0.04, 0.02);
}

TEST(MeshTools, MirrorKeepsTheWindingAndFlipTurnsIt) {
  const TriangleMesh solid = cylinder({0, 1, 0}, {0, 1, 1}, 0.5f, 0.2f, 12, 3);
  const TriangleMesh mirror = mirrored_y(solid);
  expect_sound(mirror);
  EXPECT_NEAR(signed_volume(mirror), signed_volume(solid), 1e-6);
  EXPECT_NEAR(signed_volume(flipped(solid)), -signed_volume(solid), 1e-6);
}

TEST(MeshTools, TriangulationCoversNonConvexPolygons) {
  const Vec2f comb[] = {{0, 0}, {5, 0}, {5, 3}, {4, 3}, {4, 1}, {3, 1},
                        {3, 3}, {2, 3}, {2, 1}, {1, 1}, {1, 3}, {0, 3}};
  const auto triangles = triangulate(comb);
  EXPECT_EQ(triangles.size(), 10u);
  double area = 0;
  for (const auto& [a, b, c] : triangles) {
    const Vec2f u = comb[b] - comb[a];
    const Vec2f v = comb[c] - comb[a];
    const double twice = u.x * v.y - u.y * v.x;
    EXPECT_GE(twice, 0);
    area += 0.5 * twice;
  }
  EXPECT_NEAR(area, 11.0, 1e-6);
}

TEST(MeshTools, GridFacesItsFrontAndMeasuresMetres) {
  const TriangleMesh sheet = grid(
      4, 2,
      [](float u, float v) {
        return Vec3f(4 * u, 3 * v, 0);
      },
      7);
  expect_sound(sheet);
  EXPECT_EQ(sheet.triangle_count(), 16u);
  EXPECT_GT(sheet.normals[0].z, 0.99f);
  EXPECT_NEAR(sheet.uvs.back().x, 4, 1e-5);
  EXPECT_NEAR(sheet.uvs.back().y, 3, 1e-5);
}

TEST(MeshTools, SplinePassesThroughItsPointsAndKeepsCorners) {
  const Vec2f points[] = {{0, 0}, {1, 1}, {2, 0}, {3, 0}};
  const char corner[] = {0, 0, 1, 0};
  const auto curve = spline(points, corner, 0.1f);
  for (const Vec2f& p : points) EXPECT_THAT(curve, testing::Contains(p));
  for (const Vec2f& p : curve) {
    if (p.x >= 2) {
      EXPECT_NEAR(p.y, 0, 1e-5);  // straight after the corner
    }
  }
}

}  // namespace
}  // namespace oddroad::asset
