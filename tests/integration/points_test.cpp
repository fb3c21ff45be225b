// With noise off, LiDAR points lie on the mesh that they name, at their own time, and in its box.
#include <cmath>

#include "engine/labels/objects.h"
#include "sensors/lidar/model_file.h"
#include "tests/integration/played_clip.h"

namespace oddroad::tests {
namespace {

using math::Vec3d;

double distance_to_triangle(const Vec3d& p, const std::array<Vec3d, 3>& t) {
  // Ericson, Real-Time Collision Detection, 5.1.5: closest point by Voronoi regions.
  const Vec3d ab = t[1] - t[0], ac = t[2] - t[0], ap = p - t[0];
  const double d1 = glm::dot(ab, ap), d2 = glm::dot(ac, ap);
  if (d1 <= 0 && d2 <= 0) return glm::length(ap);
  const Vec3d bp = p - t[1];
  const double d3 = glm::dot(ab, bp), d4 = glm::dot(ac, bp);
  if (d3 >= 0 && d4 <= d3) return glm::length(bp);
  const double vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return glm::length(ap - ab * (d1 / (d1 - d3)));
  const Vec3d cp = p - t[2];
  const double d5 = glm::dot(ab, cp), d6 = glm::dot(ac, cp);
  if (d6 >= 0 && d5 <= d6) return glm::length(cp);
  const double vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return glm::length(ap - ac * (d2 / (d2 - d6)));
  const double va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    const double w = (d4 - d3) / ((d4 - d3) + (d5 - d6));
    return glm::length(bp - (t[2] - t[1]) * w);
  }
  const Vec3d n = glm::normalize(glm::cross(ab, ac));
  return std::abs(glm::dot(ap, n));
}

TEST(Points, EveryActorPointLiesOnItsMeshAndInItsBox) {
  const PlayedClip clip(source("scenarios/vru/child-behind-parked-van.yaml"), 1);
  const world::SceneBuilder builder(clip.timeline(), clip.stage());
  for (const char* model : {"velodyne_hdl64e_s2", "velodyne_vls128", "ouster_os1_128_rev7",
                            "hesai_ot128_highres", "hesai_at128", "livox_avia_like"}) {
    const auto loaded = lidar::load_lidar_model(model, roots());
    ASSERT_TRUE(loaded.has_value());
    const lidar::Scanner scanner({*loaded, lidar::ReturnMode::kStrongest, lidar::Effects::none()});
    const math::Pose mount{{1, 0, 0, 0}, {0.76, 0, 1.73}};
    std::size_t actor_points = 0;
    double worst_mesh = 0;
    for (int k = 1; k <= 4; ++k) {
      const std::int64_t stamp = clip.timeline().end_ns / 5 * k / 1'000'000 * 1'000'000;
      const auto window = builder.window(scanner.begin_ns(stamp), scanner.end_ns(stamp));
      const auto caster = clip.rays().create(window);
      const auto cloud = scanner.sweep(window, *caster, mount, {stamp, 1, 1}).cloud;
      for (std::size_t i = 0; i < cloud.size(); ++i) {
        const auto* info = window.find(core::InstanceId(cloud.instance[i]));
        ASSERT_NE(info, nullptr);
        if (!info->actor) continue;
        ++actor_points;
        const std::int64_t t = stamp + cloud.time_offset_ns[i];
        const auto T = world::pose_at(*window.ego, t) * math::to_affine(mount);
        const Vec3d p = T.point(Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]));
        const auto& drawable = window.drawables[cloud.drawable[i] - 1];
        const double off =
            distance_to_triangle(p, world::triangle_at(window, drawable, cloud.triangle[i], t));
        worst_mesh = std::max(worst_mesh, off);
        EXPECT_LT(off, 1e-3);
        if (drawable.role == asset::PartRole::kMirror) continue;
        if (drawable.role == asset::PartRole::kWheel) continue;  // turned wheels stick out
        EXPECT_TRUE(labels::world_box(window, *info, t).contains(p, 1e-3))
            << info->name << " " << drawable.class_id;
      }
    }
    std::printf("%s: %zu points on actors, at most %.2g mm off the mesh\n", model, actor_points,
                worst_mesh * 1e3);
    EXPECT_GT(actor_points, 2000u);
  }
}

}  // namespace
}  // namespace oddroad::tests
