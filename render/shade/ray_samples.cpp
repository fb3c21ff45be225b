#include "render/shade/ray_samples.h"

#include <cmath>

#include "engine/core/parallel.h"
#include "render/scene/pixel_geometry.h"
#include "render/scene/triangle_source.h"

namespace oddroad::shade {
namespace {

using math::Vec3d;

math::Vec2f octahedral(const Vec3d& direction) {
  const Vec3d n =
      direction / (std::abs(direction.x) + std::abs(direction.y) + std::abs(direction.z));
  if (n.z >= 0) return {static_cast<float>(n.x), static_cast<float>(n.y)};
  return {static_cast<float>((1 - std::abs(n.y)) * (n.x >= 0 ? 1 : -1)),
          static_cast<float>((1 - std::abs(n.x)) * (n.y >= 0 ? 1 : -1))};
}

// The world point at `to_ns` of the surface point that a ray meets at its own instant.
Vec3d carried(const scene::TriangleSource& triangles, const scene::ShadeSample& s,
              const scene::ViewRay& ray, std::int64_t to_ns) {
  const auto now = triangles.corners(s.drawable - 1, s.triangle, ray.stamp_ns);
  const Vec3d p = ray.origin + ray.direction * scene::TrianglePlane(now).meet(ray);
  if (triangles.still(s.drawable - 1) || ray.stamp_ns == to_ns) return p;
  const Vec3d e1 = now[1] - now[0];
  const Vec3d e2 = now[2] - now[0];
  const Vec3d n = glm::cross(e1, e2);
  const double n2 = std::max(glm::dot(n, n), 1e-300);
  const double b1 = glm::dot(glm::cross(p - now[0], e2), n) / n2;
  const double b2 = glm::dot(glm::cross(e1, p - now[0]), n) / n2;
  const auto then = triangles.corners(s.drawable - 1, s.triangle, to_ns);
  return then[0] * (1 - b1 - b2) + then[1] * b1 + then[2] * b2;
}

}  // namespace

std::vector<scene::ShadeSample> with_directions(const world::SceneWindow& window,
                                                const scene::CameraView& view,
                                                std::span<const scene::ShadeSample> samples) {
  const scene::TriangleSource triangles(window);
  const math::Affine3d T_camera_world = view.T_world_camera.inverse();
  std::vector<scene::ShadeSample> out(samples.begin(), samples.end());
  core::parallel_chunks(out.size(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i != end; ++i) {
      scene::ShadeSample& s = out[i];
      const scene::ViewRay ray = view.ray(s.u_px, s.v_px);
      Vec3d direction = ray.direction_camera;
      if (view.rolling()) {
        direction = s.drawable == 0
                        ? T_camera_world.vector(ray.direction)
                        : T_camera_world.point(carried(triangles, s, ray, view.stamp_ns));
      }
      if (!math::is_ray(direction)) direction = {0, 0, 1};  // such pixels stay black
      const math::Vec2f code = octahedral(direction);
      s.u_px = code.x;
      s.v_px = code.y;
    }
  });
  return out;
}

}  // namespace oddroad::shade
