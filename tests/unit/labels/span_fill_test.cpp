#include "engine/labels/span_fill.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "render/scene/pixel_geometry.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using labels::PixelRect;
using labels::Silhouette;
using math::Vec3d;
using math::Vec3f;

const math::CameraModel kCamera{60, 40, 45, 50, 29.3, 21.1};

// Every triangle against every ray, in the world.
Silhouette brute_force(const world::SceneWindow& window, const world::InstanceInfo& instance,
                       const scene::CameraView& view, const PixelRect& rect) {
  Silhouette out(rect);
  for (const std::uint32_t d : instance.drawables) {
    const world::Drawable& drawable = window.drawables[d];
    for (std::uint32_t t = 0; t < drawable.mesh->triangles.size(); ++t) {
      const auto corners = world::triangle_at(window, drawable, t, view.stamp_ns);
      for (int y = rect.y0; y < rect.y1; ++y) {
        for (int x = rect.x0; x < rect.x1; ++x) {
          const scene::ViewRay ray = view.ray_at(x, y);
          const auto hit = scene::intersect_exact(ray.origin, ray.direction, corners);
          if (hit.inside && hit.t > 0) out.set(x, y, true);
        }
      }
    }
  }
  return out;
}

Silhouette filled(const world::SceneWindow& window, const world::InstanceInfo& instance,
                  const scene::CameraView& view, const PixelRect& rect) {
  Silhouette out(rect);
  labels::fill_spans(window, instance, view, out);
  return out;
}

// Triangles of all sizes round a place, some with corners behind the camera.
math::TriangleMesh splinters(core::RandomStream& random, int count) {
  math::TriangleMesh mesh;
  for (int k = 0; k < count; ++k) {
    const auto size = static_cast<float>(std::pow(10.0, random.uniform(-2, 1)));
    const auto corner = [&] {
      return Vec3f(random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)) * size;
    };
    const auto first = static_cast<std::uint32_t>(mesh.positions.size());
    const Vec3f at(random.uniform(-2, 4), random.uniform(-3, 3), random.uniform(-2, 2));
    for (int i = 0; i < 3; ++i) mesh.positions.push_back(at + corner());
    mesh.triangles.push_back({first, first + 1, first + 2});
    mesh.material.push_back(0);
  }
  mesh.normals.resize(mesh.positions.size(), {0, 0, 1});
  mesh.uvs.resize(mesh.positions.size());
  return mesh;
}

TEST(SpanFill, CoversWhatExactRaysMeetAlsoBesideAndBehindTheCamera) {
  core::RandomStream random(7, "splinters");
  for (int round = 0; round < 20; ++round) {
    tests::TestWorld world;
    const auto id = world.add_actor("splinters", tests::model_of(splinters(random, 30)),
                                    math::pose_xyz_yaw(1, 0.5, 0, 0.7));
    const auto window = world.window(0, 0);
    const scene::CameraView view{kCamera, tests::looking_forward({0, 0, 1}), 0};
    const PixelRect rect = labels::extended_grid(kCamera);
    const auto& thing = *window.find(id);
    EXPECT_EQ(filled(window, thing, view, rect).covered,
              brute_force(window, thing, view, rect).covered)
        << round;
  }
}

TEST(SpanFill, LeavesNoGapAlongSharedEdges) {
  // A fan whose edges run through pixel centres in all directions.
  math::TriangleMesh fan;
  fan.positions.push_back({10, 0, 0});
  for (int k = 0; k <= 64; ++k) {
    const double a = 2 * 3.14159265358979 * (k % 64) / 64;
    fan.positions.push_back(
        {10, static_cast<float>(std::cos(a)) * 3, static_cast<float>(std::sin(a)) * 3});
  }
  for (std::uint32_t k = 1; k <= 64; ++k) fan.triangles.push_back({0, k, k + 1});
  fan.material.resize(64);
  fan.normals.resize(fan.positions.size(), {-1, 0, 0});
  fan.uvs.resize(fan.positions.size());
  tests::TestWorld world;
  const auto id = world.add_actor("fan", tests::model_of(fan), math::pose_xyz_yaw(0, 0, 0, 0));
  const auto window = world.window(0, 0);
  const math::CameraModel camera{101, 101, 100, 100, 50.5, 50.5};
  const scene::CameraView view{camera, tests::looking_forward({0, 0, 0}), 0};
  const auto out = filled(window, *window.find(id), view, {0, 0, 101, 101});
  for (int y = 0; y < 101; ++y) {
    for (int x = 0; x < 101; ++x) {
      const double r = std::hypot(x - 50, y - 50);
      if (r > 29 && r < 30.01) continue;
      EXPECT_EQ(out.at(x, y), r < 29.5) << x << " " << y;
    }
  }
}

TEST(SpanFill, LeavesTheRestOfTheMaskAlone) {
  tests::TestWorld world;
  const auto id = world.add_actor("box", tests::model_of(tests::box_mesh({0, -1, 0}, {1, 1, 2})),
                                  math::pose_xyz_yaw(10, 0, 0, 0));
  const auto window = world.window(0, 0);
  const math::CameraModel camera{200, 100, 100, 100, 100, 50};
  const scene::CameraView view{camera, tests::looking_forward({0, 0, 1}), 0};
  Silhouette out({80, 30, 105, 70});
  out.set(81, 31, true);
  labels::fill_spans(window, *window.find(id), view, out);
  for (int y = 30; y < 70; ++y) {
    for (int x = 80; x < 105; ++x) {
      const bool box = x >= 90 && y >= 40 && y < 60;
      EXPECT_EQ(out.at(x, y), box || (x == 81 && y == 31)) << x << " " << y;
    }
  }
  const auto [first, end] = out.row(50);
  EXPECT_EQ(first, 90);
  EXPECT_EQ(end, 105);
  EXPECT_EQ(out.count(50, first, end), 15);
  EXPECT_EQ(out.row(35).first, out.row(35).second);
}

}  // namespace
}  // namespace oddroad
