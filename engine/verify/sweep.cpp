#include "engine/verify/sweep.h"

#include <cmath>
#include <numbers>

namespace oddroad::verify {

using math::Vec3d;

Sweep::Sweep(const world::SceneBuilder& builder, MeshTrees& trees, const world::Actor& ego,
             const LidarRecord& lidar, std::int64_t stamp_ns)
    : ego_(ego),
      lidar_(lidar),
      stamp_ns_(stamp_ns),
      mount_(math::to_affine(lidar.T_ego_lidar)),
      window_(builder.window(stamp_ns - lidar.sweep_ns / 2,
                             stamp_ns - lidar.sweep_ns / 2 + lidar.sweep_ns, stamp_ns)),
      tracer_(window_, trees) {
  for (const BeamRecord& beam : lidar.beams) {
    if (beam.ring < 0 || beam.ring > 65535) continue;
    const auto ring = static_cast<std::size_t>(beam.ring);
    if (by_ring_.size() <= ring) by_ring_.resize(ring + 1, nullptr);
    by_ring_[ring] = &beam;
  }
}

std::optional<Shot> Sweep::shot(int ring, std::int64_t time_ns) const {
  if (ring < 0 || static_cast<std::size_t>(ring) >= by_ring_.size()) return std::nullopt;
  const BeamRecord* beam = by_ring_[static_cast<std::size_t>(ring)];
  const std::int64_t since = time_ns + lidar_.sweep_ns / 2;
  if (beam == nullptr || since < beam->fire_time_ns || since > lidar_.sweep_ns) return std::nullopt;
  if ((since - beam->fire_time_ns) % lidar_.cycle_ns != 0) return std::nullopt;
  constexpr double kPi = std::numbers::pi;
  const double azimuth =
      kPi - 2 * kPi * static_cast<double>(since) / static_cast<double>(lidar_.sweep_ns) +
      beam->azimuth_offset_rad;
  const Vec3d forward(std::cos(azimuth), std::sin(azimuth), 0), up(0, 0, 1);
  const Vec3d left = glm::cross(up, forward);
  const double ce = std::cos(beam->elevation_rad), se = std::sin(beam->elevation_rad);
  return Shot{-beam->vertical_offset_m * se * forward + beam->horizontal_offset_m * left +
                  beam->vertical_offset_m * ce * up,
              ce * forward + se * up};
}

math::Affine3d Sweep::T_world_lidar(std::int64_t time_ns) const {
  return world::pose_at(ego_, stamp_ns_ + time_ns) * mount_;
}

Ray Sweep::in_world(const Shot& shot, std::int64_t time_ns) const {
  const math::Affine3d T = T_world_lidar(time_ns);
  return {T.point(shot.origin), T.vector(shot.direction), stamp_ns_ + time_ns};
}

bool Sweep::meets_edge(const Ray& ray, const Hit& hit, double reach_m) const {
  const auto c =
      world::triangle_at(window_, window_.drawables[hit.drawable], hit.triangle, ray.stamp_ns);
  const math::Vec3d n = glm::normalize(ray.direction);
  for (int k = 0; k < 3; ++k) {
    // Across the ray: how far the edge's line passes from it.
    const math::Vec3d edge = c[(k + 1) % 3] - c[k];
    const math::Vec3d across = glm::cross(edge, n);
    const double length = glm::length(across);
    if (length > 0 && std::abs(glm::dot(c[k] - ray.origin, across)) / length <= reach_m)
      return true;
  }
  return false;
}

}  // namespace oddroad::verify
