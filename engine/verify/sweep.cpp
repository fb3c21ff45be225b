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
      tracer_(window_, trees, lidar.ego_body == "recorded") {
  for (std::uint32_t d = 0; d < window_.drawables.size(); ++d) {
    if (window_.drawables[d].hidden_from_ego) own_.push_back(d);
  }
  for (const BeamRecord& beam : lidar.beams) {
    if (beam.ring < 0 || beam.ring > 65535) continue;
    const auto ring = static_cast<std::size_t>(beam.ring);
    if (by_ring_.size() <= ring) by_ring_.resize(ring + 1);
    by_ring_[ring].push_back(&beam);
  }
}

std::optional<Shot> Sweep::shot(int ring, std::int64_t column_of, std::int64_t time_ns) const {
  if (ring < 0 || static_cast<std::size_t>(ring) >= by_ring_.size()) return std::nullopt;
  const std::int64_t since = time_ns + lidar_.sweep_ns / 2;
  for (const BeamRecord* beam : by_ring_[static_cast<std::size_t>(ring)]) {
    if (column_of >= 0 && column(*beam, since) == column_of) return aim(*beam, since);
  }
  return std::nullopt;
}

std::int64_t Sweep::column(const BeamRecord& beam, std::int64_t since_ns) const {
  // Column c starts at begin + floor(c columns_ns / columns): the last whose start is not later.
  const std::int64_t start = since_ns - beam.fire_time_ns - lidar_.begin_ns;
  if (start < 0 || since_ns > lidar_.sweep_ns) return -1;
  const std::int64_t c = ((start + 1) * lidar_.columns - 1) / lidar_.columns_ns;
  if (c >= lidar_.columns || c * lidar_.columns_ns / lidar_.columns != start) return -1;
  return c % lidar_.states == beam.state ? c : -1;
}

Shot Sweep::aim(const BeamRecord& beam, std::int64_t since_ns) const {
  if (!lidar_.rotors.empty()) return aim_with_rotors(beam, since_ns);
  const double turned =
      lidar_.turn_rad * (static_cast<double>(since_ns) / static_cast<double>(lidar_.sweep_ns));
  const double looks = lidar_.start_azimuth_rad - turned;
  const double azimuth = looks + beam.azimuth_offset_rad;
  const Vec3d forward(std::cos(azimuth), std::sin(azimuth), 0), up(0, 0, 1);
  const Vec3d head(std::cos(looks), std::sin(looks), 0);
  const Vec3d left = glm::cross(up, forward);
  const double ce = std::cos(beam.elevation_rad), se = std::sin(beam.elevation_rad);
  return Shot{beam.forward_offset_m * head - beam.vertical_offset_m * se * forward +
                  beam.horizontal_offset_m * left + beam.vertical_offset_m * ce * up,
              ce * forward + se * up, beam.range_bias_m};
}

Shot Sweep::aim_with_rotors(const BeamRecord& beam, std::int64_t since_ns) const {
  const double t_s = 1e-9 * static_cast<double>(stamp_ns_ - lidar_.sweep_ns / 2 + since_ns);
  double left = beam.azimuth_offset_rad, up = beam.elevation_rad;
  for (const RotorRecord& r : lidar_.rotors) {
    const double angle = 2 * std::numbers::pi * r.frequency_hz * t_s + r.phase_rad;
    left += r.horizontal_rad * std::cos(angle);
    up += r.vertical_rad * std::sin(angle);
  }
  // Turned from straight ahead about the axis that is square to both.
  const math::Vec3d axis(0, -up, left);
  const double off = glm::length(axis);
  if (off == 0) return Shot{Vec3d(0), Vec3d(1, 0, 0), beam.range_bias_m};
  return Shot{Vec3d(0), glm::angleAxis(off, axis / off) * Vec3d(1, 0, 0), beam.range_bias_m};
}

math::Affine3d Sweep::T_world_lidar(std::int64_t time_ns) const {
  return world::pose_at(ego_, stamp_ns_ + time_ns) * mount_;
}

Ray Sweep::in_world(const Shot& shot, std::int64_t time_ns) const {
  const math::Affine3d T = T_world_lidar(time_ns);
  return {T.point(shot.origin), T.vector(shot.direction), stamp_ns_ + time_ns};
}

bool Sweep::ends_at_ego(const Ray& ray) const {
  const auto own = tracer_.nearest_of(ray, own_);
  if (!own) return false;
  const auto other = tracer_.nearest(ray);
  return !other || own->t <= other->t;
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
