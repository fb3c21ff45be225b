// The proof's own rays against closed forms and against every triangle tried in turn.
#include "engine/verify/tracer.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "engine/math/camera_model.h"  // test_world.h
#include "tests/common/test_world.h"

namespace oddroad::verify {
namespace {

using math::Vec3d;
using tests::TestWorld;

math::TriangleMesh sphere_mesh(const Vec3d& centre, double radius, int rings) {
  math::TriangleMesh m;
  const auto at = [&](int i, int j) {
    const double a = std::numbers::pi * i / rings, b = std::numbers::pi * j / rings;
    return math::Vec3f(
        centre + radius * Vec3d(std::sin(a) * std::cos(b), std::sin(a) * std::sin(b), std::cos(a)));
  };
  for (int i = 0; i < rings; ++i) {
    for (int j = 0; j < 2 * rings; ++j) {
      m.add_quad(at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1), 0);
    }
  }
  m.remove_degenerate();
  return m;
}

math::TriangleMesh soup(std::uint64_t seed, int triangles) {
  core::RandomStream random(seed, "soup");
  const auto point = [&](double size) {
    const double x = random.uniform(-size, size), y = random.uniform(-size, size);
    return math::Vec3f(x, y, random.uniform(-size, size));
  };
  math::TriangleMesh m;
  for (int t = 0; t < triangles; ++t) {
    const math::Vec3f p = point(5);
    const std::uint32_t first = m.add_vertex(p, {0, 0, 1}, {0, 0});
    m.add_vertex(p + point(1), {0, 0, 1}, {0, 0});
    m.add_vertex(p + point(1), {0, 0, 1}, {0, 0});
    m.add_triangle(first, first + 1, first + 2, 0);
  }
  return m;
}

// Pulls the vertices along z by travelled_m times x.
class Stretch : public asset::Deformer {
 public:
  explicit Stretch(std::shared_ptr<const math::TriangleMesh> mesh) : mesh_(std::move(mesh)) {}
  void deform(const asset::Articulation& a, std::vector<math::Vec3f>& positions,
              std::vector<math::Vec3f>& normals) const override {
    positions = mesh_->positions;
    normals = mesh_->normals;
    for (math::Vec3f& p : positions) p.z += static_cast<float>(a.travelled_m) * p.x;
  }
  [[nodiscard]] double phase_per_metre(double) const override { return 1; }

 private:
  std::shared_ptr<const math::TriangleMesh> mesh_;
};

std::shared_ptr<const asset::Model> stretching(math::TriangleMesh mesh) {
  auto model = std::make_shared<asset::Model>(*tests::model_of(std::move(mesh)));
  model->parts[0].role = asset::PartRole::kSkin;
  model->deformer = std::make_shared<Stretch>(model->parts[0].mesh);
  return model;
}

// Every triangle of the window in turn, Moeller and Trumbore in double.
std::optional<double> brute_force(const world::SceneWindow& window, const Ray& ray) {
  std::optional<double> best;
  for (const world::Drawable& d : window.drawables) {
    if (d.hidden_from_ego) continue;
    for (std::uint32_t k = 0; k < d.mesh->triangles.size(); ++k) {
      const auto p = world::triangle_at(window, d, k, ray.stamp_ns);
      const Vec3d e1 = p[1] - p[0], e2 = p[2] - p[0], h = glm::cross(ray.direction, e2);
      const double det = glm::dot(e1, h);
      const Vec3d s = ray.origin - p[0], q = glm::cross(s, e1);
      const double u = glm::dot(s, h) / det, v = glm::dot(ray.direction, q) / det;
      const double t = glm::dot(e2, q) / det;
      if (u >= 0 && v >= 0 && u + v <= 1 && t > 0 && (!best || t < *best)) best = t;
    }
  }
  return best;
}

TEST(Tracer, SphereAndPlaneAreMetWhereTheyAre) {
  TestWorld world;
  world.add_static("ball", tests::model_of(sphere_mesh({20, 0, 0}, 2, 200)));
  world.add_static("wall", tests::model_of(tests::wall_mesh(50)));
  const auto window = world.window(0, 0);
  MeshTrees trees;
  const Tracer tracer(window, trees);
  const auto ball = tracer.nearest({{0, 0, 0}, {1, 0, 0}, 0});
  ASSERT_TRUE(ball.has_value());
  EXPECT_NEAR(ball->t, 18, 1e-3);  // 200 facets around: 0.25 mm inside the sphere
  const Vec3d off = glm::normalize(Vec3d(20, 1, 1.2));
  const double along = glm::dot(off, Vec3d(20, 0, 0));
  const double chord = std::sqrt(4 - (400 - along * along));
  EXPECT_NEAR(tracer.nearest({{0, 0, 0}, off, 0})->t, along - chord, 1e-3);
  const auto wall = tracer.nearest({{0, 5, 0}, {2, 0.5, 0}, 0});
  ASSERT_TRUE(wall.has_value());
  EXPECT_NEAR(wall->t, 25, 1e-12);
  EXPECT_FALSE(tracer.nearest({{0, 5, 0}, {-1, 0, 0}, 0}).has_value());
}

TEST(Tracer, AgreesWithBruteForceOnMovingAndDeformingThings) {
  TestWorld world;
  world.add_actor("spun", tests::model_of(soup(1, 300)), math::pose_xyz_yaw(12, 3, 0, 0.3),
                  {20, -5, 1}, 3);
  world.add_actor("stretched", stretching(soup(2, 300)), math::pose_xyz_yaw(15, -3, 1, 1),
                  {-10, 2, 0}, -2);
  for (int k = 0; k <= 100; ++k) {
    world.timeline().actors.back().states[k].articulation.travelled_m = 0.01 * k;
  }
  world.add_static("still", tests::model_of(soup(3, 300)));
  world.stage().things.back().T_world_model = math::to_affine(math::pose_xyz_yaw(25, 0, 0, 0.7));
  const auto window = world.window(200'000'000, 300'000'000);
  MeshTrees trees;
  const Tracer tracer(window, trees);
  core::RandomStream random(7, "rays");
  int met = 0;
  for (int i = 0; i < 3000; ++i) {
    Ray ray;
    ray.origin = {random.uniform(-2, 2), random.uniform(-2, 2), random.uniform(-2, 2)};
    ray.direction = {1, random.uniform(-0.5, 0.5), random.uniform(-0.4, 0.4)};
    if (i % 7 == 0) ray.direction.y = 0;
    ray.stamp_ns = 200'000'000 + static_cast<std::int64_t>(random.below(100'000'001));
    const auto expected = brute_force(window, ray);
    const auto found = tracer.nearest(ray);
    ASSERT_EQ(found.has_value(), expected.has_value()) << i;
    if (!found) continue;
    ++met;
    EXPECT_NEAR(found->t, *expected, 1e-9) << i;
    const auto corner = world::triangle_at(window, window.drawables[found->drawable],
                                           found->triangle, ray.stamp_ns);
    const Vec3d p =
        found->weights.x * corner[0] + found->weights.y * corner[1] + found->weights.z * corner[2];
    EXPECT_LT(glm::length(p - (ray.origin + found->t * ray.direction)), 1e-9);
    const auto everything = tracer.all(ray, 1e9);
    EXPECT_GE(everything.size(), 1u);
    for (const Hit& hit : everything) EXPECT_GE(hit.t, found->t);
  }
  EXPECT_GT(met, 1000);
}

TEST(Tracer, NoRaySlipsThroughTheEdgesOfAClosedMesh) {
  TestWorld world;
  world.add_actor("ball", tests::model_of(sphere_mesh({0, 0, 0}, 1, 24)),
                  math::pose_xyz_yaw(10, 0.1, 0.2, 0.4), {3, 1, 0}, 1);
  const auto window = world.window(0, 10'000'000);
  MeshTrees trees;
  const Tracer tracer(window, trees);
  const std::int64_t stamp = 3'141'593;
  const auto& drawable = window.drawables.back();
  int tried = 0, missed = 0;
  for (std::uint32_t k = 0; k < drawable.mesh->triangles.size(); ++k) {
    const auto corner = world::triangle_at(window, drawable, k, stamp);
    for (int e = 0; e < 3; ++e) {
      for (const double u : {0.0, 0.25, 0.5, 0.8}) {
        const Vec3d target = corner[e] * (1 - u) + corner[(e + 1) % 3] * u;
        const Vec3d outwards = target - Vec3d(10.009, 0.103, 0.2);
        if (glm::dot(outwards, target) > -1) continue;  // the rim may be missed
        ++tried;
        missed += !tracer.nearest({{0, 0, 0}, 0.9 * target, stamp}).has_value();
      }
    }
  }
  EXPECT_GT(tried, 5000);
  EXPECT_EQ(missed, 0);
}

TEST(Tracer, SensorsDoNotSeeTheEgo) {
  TestWorld world;
  const auto window = world.window(0, 0);
  MeshTrees trees;
  const Tracer tracer(window, trees);
  const Ray down{{0, 0, 5}, {0, 0, -1}, 0};
  EXPECT_FALSE(tracer.nearest(down).has_value());
  const std::uint32_t ego[] = {0};
  EXPECT_TRUE(tracer.nearest_of(down, ego).has_value());
}

}  // namespace
}  // namespace oddroad::verify
