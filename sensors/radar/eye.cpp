#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "sensors/radar/scatterer.h"

namespace oddroad::radar {

using math::Vec3d;

namespace {

constexpr double kMsS = 1e-9 * static_cast<double>(world::kMillisecondNs);

// The millisecond of an instant that lies inside the window with both its ends.
std::int64_t millisecond_of(const world::SceneWindow& window, std::int64_t stamp_ns) {
  return std::min(stamp_ns / world::kMillisecondNs * world::kMillisecondNs,
                  window.end_ns - world::kMillisecondNs);
}

math::Affine3d placement(const world::InstanceInfo& info, std::int64_t stamp_ns) {
  return info.actor ? world::pose_at(*info.actor, stamp_ns) : info.T_world_model;
}

}  // namespace

Eye::Eye(const world::SceneWindow& window, const scene::RayCaster& caster,
         const math::Pose& T_ego_radar, std::int64_t stamp_ns)
    : window_(window), caster_(caster), triangles_(window), stamp_ns_(stamp_ns) {
  ODDROAD_CHECK(window.ego != nullptr);
  const math::Affine3d T_world_ego = world::pose_at(*window.ego, stamp_ns);
  T_world_radar_ = T_world_ego * math::to_affine(T_ego_radar);
  const world::ActorState& last = window.ego->state(stamp_ns / world::kStepNs);
  T_world_ground_ = T_world_ego * math::to_affine(last.T_actor_unsprung);
  const std::int64_t ms = stamp_ns / world::kMillisecondNs;
  const auto place = [&](std::int64_t k) {
    return world::pose_at_millisecond(*window.ego, k).point(T_ego_radar.translation);
  };
  // At the clip's last instant the millisecond before it.
  const std::int64_t first = std::min(ms, window.ego->end_ns() / world::kMillisecondNs - 1);
  velocity_mps_ = (place(first + 1) - place(first)) / kMsS;
}

Vec3d Eye::direction(double azimuth_rad, double elevation_rad) const {
  const double c = std::cos(elevation_rad);
  const Vec3d d(c * std::cos(azimuth_rad), c * std::sin(azimuth_rad), std::sin(elevation_rad));
  return glm::normalize(T_world_radar_.vector(d));
}

std::vector<std::optional<Surface>> Eye::meet(const std::vector<Ray>& rays) const {
  scene::RayBatch batch;
  batch.resize(rays.size());
  for (std::size_t i = 0; i < rays.size(); ++i) {
    batch.set(i, rays[i].origin_m, rays[i].direction, stamp_ns_,
              static_cast<float>(rays[i].limit_m));
  }
  scene::RayHits hits;
  caster_.intersect(batch, scene::RayKind::kSensor, false, hits);
  std::vector<std::optional<Surface>> out(rays.size());
  for (std::size_t i = 0; i < rays.size(); ++i) {
    if (hits.drawable[i] == 0) continue;
    Surface s;
    s.drawable = hits.drawable[i] - 1;
    s.triangle = hits.triangle[i];
    const auto c = triangles_.corners(s.drawable, s.triangle, stamp_ns_);
    const Vec3d face = glm::cross(c[1] - c[0], c[2] - c[0]);
    const double area = glm::length(face);
    if (!(area > 0)) continue;
    const double toward = glm::dot(face, rays[i].direction);
    const double cosine = std::min(std::abs(toward) / area, 1.0);
    // Edge-on the plane does not say where the ray struck.
    s.range_m = cosine > 1e-3 ? glm::dot(face, c[0] - rays[i].origin_m) / toward
                              : static_cast<double>(hits.t[i]);
    s.point_m = rays[i].origin_m + rays[i].direction * s.range_m;
    s.normal = face / (toward > 0 ? -area : area);
    s.incidence_rad = std::acos(cosine);
    out[i] = s;
  }
  return out;
}

Vec3d Eye::surface_velocity(const Surface& at) const {
  if (triangles_.still(at.drawable)) return Vec3d(0);
  const auto corners = triangles_.corners(at.drawable, at.triangle, stamp_ns_);
  const Vec3d e1 = corners[1] - corners[0], e2 = corners[2] - corners[0];
  const Vec3d n = glm::cross(e1, e2);
  const double n2 = glm::dot(n, n);
  const Vec3d q = at.point_m - corners[0];
  const double b1 = glm::dot(glm::cross(q, e2), n) / n2;
  const double b2 = glm::dot(glm::cross(e1, q), n) / n2;
  const std::int64_t begin = millisecond_of(window_, stamp_ns_);
  const auto place = [&](std::int64_t t) {
    const auto c = triangles_.corners(at.drawable, at.triangle, t);
    return c[0] * (1 - b1 - b2) + c[1] * b1 + c[2] * b2;
  };
  return (place(begin + world::kMillisecondNs) - place(begin)) / kMsS;
}

double Eye::aspect_rad(std::uint16_t instance, const Vec3d& from_m) const {
  const world::InstanceInfo* info = window_.find(core::InstanceId(instance));
  ODDROAD_CHECK(info != nullptr);
  const Vec3d p = placement(*info, stamp_ns_).inverse().point(from_m);
  const Vec3d centre =
      info->model ? 0.5 * (info->model->box.lower + info->model->box.upper) : Vec3d(0);
  return std::abs(std::atan2(p.y - centre.y, p.x - centre.x));
}

double Eye::box_area_m2(std::uint16_t instance, const Vec3d& from_m) const {
  const world::InstanceInfo* info = window_.find(core::InstanceId(instance));
  ODDROAD_CHECK(info != nullptr && info->model != nullptr);
  const math::Aabb& box = info->model->box;
  const Vec3d centre = 0.5 * (box.lower + box.upper), size = box.size();
  const Vec3d to = placement(*info, stamp_ns_).inverse().point(from_m) - centre;
  const Vec3d d = glm::abs(to / std::max(glm::length(to), 1e-9));
  return d.x * size.y * size.z + d.y * size.x * size.z + d.z * size.x * size.y;
}

}  // namespace oddroad::radar
