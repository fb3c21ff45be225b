// Depth, range and normals against closed forms, and rows of a rolling shutter.
#include <cmath>

#include "tests/unit/labels/seen.h"

namespace oddroad {
namespace {

using math::Vec3d;
using tests::Look;
using tests::TestWorld;

// A sphere from `rings` x `2 rings` quads.
math::TriangleMesh sphere_mesh(const Vec3d& centre, double radius, int rings) {
  math::TriangleMesh m;
  const auto at = [&](int i, int j) {
    const double polar = M_PI * i / rings;
    const double around = M_PI * j / rings;
    return math::Vec3f(centre + radius * Vec3d(std::sin(polar) * std::cos(around),
                                               std::sin(polar) * std::sin(around),
                                               std::cos(polar)));
  };
  for (int i = 0; i < rings; ++i) {
    for (int j = 0; j < 2 * rings; ++j) {
      m.add_quad(at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1), 0);
    }
  }
  m.remove_degenerate();
  return m;
}

TEST(Pixels, SphereHasItsRangeAndRadialNormals) {
  TestWorld world;
  const Vec3d centre(8, 0, 1.5);
  const double radius = 2;
  constexpr int kRings = 256;
  world.add_static("sphere", tests::model_of(sphere_mesh(centre, radius, kRings)));
  const Vec3d eye(0, 0, 1.5);
  const Look look(world, {tests::small_camera(), tests::looking_forward(eye), 0});
  const auto normals = labels::normal_image(look.window, look.view, look.record);
  // Facets lie at most radius (1 - cos(half a step)) below the sphere.
  const double sag = radius * (1 - std::cos(M_PI / kRings / 2)) * 2;
  std::size_t checked = 0;
  for (int y = 0; y < 96; ++y) {
    for (int x = 0; x < 160; ++x) {
      const scene::ViewRay ray = look.view.ray_at(x, y);
      const Vec3d d = glm::normalize(ray.direction);
      const double b = glm::dot(d, centre - eye);
      const double h2 = b * b - glm::dot(centre - eye, centre - eye) + radius * radius;
      if (h2 < 0.2) continue;  // off the sphere, or too slanted for facets
      const double range = b - std::sqrt(h2);
      ++checked;
      EXPECT_NEAR(look.distances.range_m.at(x, y), range, 10 * sag);
      EXPECT_NEAR(look.distances.depth_m.at(x, y), range * d.x, 10 * sag);
      const Vec3d n = (eye + d * range - centre) / radius;
      const Vec3d n_camera(-n.y, -n.z, n.x);
      EXPECT_GT(glm::dot(Vec3d(normals.at(x, y)), n_camera), std::cos(2 * M_PI / kRings));
    }
  }
  EXPECT_GT(checked, 1000u);
  EXPECT_EQ(normals.at(0, 0), math::Vec3f(0));
}

TEST(Pixels, TiltedPlaneHasItsDepthAndOneNormal) {
  TestWorld world;
  // The plane z = (10 - x) / 2, wound so that its back is seen.
  math::TriangleMesh plane;
  plane.add_quad({-10, 40, 10}, {50, 40, -20}, {50, -40, -20}, {-10, -40, 10}, 0);
  world.add_static("plane", tests::model_of(std::move(plane)));
  const Vec3d eye(0, 0, 1.5);
  const Look look(world, {tests::small_camera(), tests::looking_forward(eye), 0});
  const auto normals = labels::normal_image(look.window, look.view, look.record);
  // World normal (1, 0, 2) / sqrt 5, away from the eye below it: (-1, 0, -2) / sqrt 5.
  const math::Vec3f expected(0, 2 / std::sqrt(5.0), -1 / std::sqrt(5.0));
  for (int y = 0; y < 96; y += 5) {
    for (int x = 0; x < 160; x += 5) {
      const Vec3d d = look.view.camera.direction(x + 0.5, y + 0.5);
      // x + 2 z = 10 with x = t, z = 1.5 - t d.y.
      const double t = (10 - 2 * 1.5) / (1 - 2 * d.y);
      if (!(t > 0 && t < 45)) continue;
      EXPECT_NEAR(look.distances.depth_m.at(x, y), t, 1e-5 * t);
      EXPECT_NEAR(look.distances.range_m.at(x, y), t * glm::length(d), 1e-5 * t);
      EXPECT_NEAR(glm::length(normals.at(x, y) - expected), 0, 1e-6);
    }
  }
}

TEST(Pixels, MovingBoxLeansUnderARollingShutter) {
  TestWorld world;
  // 10 m ahead, moving 20 m/s to the left; the camera stands still.
  world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 3})),
                  math::pose_xyz_yaw(10, -2, 0, 0), {0, 20, 0});
  const math::CameraModel camera{200, 100, 100, 100, 100, 50};
  const std::int64_t stamp = 100'000'000;
  const std::int64_t row_time = 500'000;
  const Look look(world, tests::rolling_view(camera, {0, 0, 1.5}, stamp, row_time));
  int rows = 0;
  for (int y = 36; y < 64; ++y) {
    int left = -1;
    for (int x = 199; x >= 0; --x) left = look.ids.at(x, y) == 2 ? x : left;
    ASSERT_GE(left, 0) << y;
    const double t = 0.1 + 1e-9 * static_cast<double>(scene::row_offset_ns(y, 100, row_time));
    const double edge_y = -2 + 20 * t + 1;
    const double edge_u = 100 - 100 * edge_y / 10;
    EXPECT_EQ(left, static_cast<int>(std::ceil(edge_u - 0.5 - 1e-6))) << y;
    ++rows;
  }
  EXPECT_EQ(rows, 28);
  const auto objects = look.objects();
  ASSERT_EQ(objects.size(), 1u);
  const auto& o = objects[0];
  EXPECT_EQ(o.visible_px, o.in_frame_px);
  EXPECT_EQ(o.box, o.amodal_box);
  const int middle = static_cast<int>(o.box.top + o.box.bottom) / 2;
  EXPECT_EQ(o.observed_ns, stamp + scene::row_offset_ns(middle, 100, row_time));
  EXPECT_NEAR(o.box_ego_observed.pose.translation.y,
              -2 + 20e-9 * static_cast<double>(o.observed_ns), 1e-6);
}

}  // namespace
}  // namespace oddroad
