#include "engine/verify/radar_way.h"

#include <cmath>

#include "engine/capture/radar.h"
#include "engine/capture/tolerances.h"

namespace oddroad::verify {

using capture::RadarCause;
using math::Vec3d;

namespace {

constexpr double kMs = 1e-3;
// As scenarios/labels.md says of ghosts and of what is seen below vehicles.
constexpr double kOffMirrorM = 0.02, kLowRayM = 0.15;

}  // namespace

RadarWays::RadarWays(const Tracer& tracer, const world::Actor& ego, const math::Pose& T_ego_radar,
                     std::int64_t stamp_ns)
    : tracer_(tracer), stamp_ns_(stamp_ns) {
  const math::Affine3d T_world_ego = world::pose_at(ego, stamp_ns);
  T_world_radar_ = T_world_ego * math::to_affine(T_ego_radar);
  T_world_ground_ =
      T_world_ego * math::to_affine(ego.state(stamp_ns / world::kStepNs).T_actor_unsprung);
  const std::int64_t from = std::min(stamp_ns / world::kMillisecondNs * world::kMillisecondNs,
                                     ego.end_ns() - world::kMillisecondNs);
  const Vec3d a = world::pose_at(ego, from) * T_ego_radar.translation;
  const Vec3d b = world::pose_at(ego, from + world::kMillisecondNs) * T_ego_radar.translation;
  radar_mps_ = (b - a) / kMs;
  up_ = glm::normalize(T_world_ground_.linear[2]);
}

Vec3d RadarWays::own_velocity_mps() const {
  return glm::transpose(T_world_radar_.linear) * radar_mps_;
}

std::optional<RadarWays::Place> RadarWays::meet(const Vec3d& origin, const Vec3d& direction) const {
  const auto hit = tracer_.nearest({origin, direction, stamp_ns_});
  if (!hit) return std::nullopt;
  const world::SceneWindow& window = tracer_.window();
  Place p;
  p.hit = *hit;
  p.drawable = &window.drawables[hit->drawable];
  p.range_m = hit->t;
  p.point = origin + direction * hit->t;
  const auto at = [&](std::int64_t t) {
    return world::triangle_at(window, *p.drawable, hit->triangle, t);
  };
  const auto c = at(stamp_ns_);
  const Vec3d face = glm::cross(c[1] - c[0], c[2] - c[0]);
  p.normal = glm::normalize(face);
  if (glm::dot(p.normal, direction) > 0) p.normal = -p.normal;
  p.cosine = std::max(-glm::dot(p.normal, direction), 1e-4);
  const std::int64_t from = std::min(stamp_ns_ / world::kMillisecondNs * world::kMillisecondNs,
                                     window.end_ns - world::kMillisecondNs);
  const auto a = at(from), b = at(from + world::kMillisecondNs);
  for (int k = 0; k < 3; ++k) p.velocity += hit->weights[k] * (b[k] - a[k]) / kMs;
  return p;
}

std::optional<WayEnd> RadarWays::straight(const Vec3d& d) const {
  const auto p = meet(T_world_radar_.translation, d);
  if (!p) return std::nullopt;
  return WayEnd{p->drawable->instance.value,           0,
                p->drawable->class_id.value,           p->range_m,
                glm::dot(d, p->velocity - radar_mps_), p->range_m / p->cosine};
}

std::optional<WayEnd> RadarWays::mirrored(const Vec3d& d) const {
  const auto m = meet(T_world_radar_.translation, d);
  if (!m) return std::nullopt;
  const Vec3d flat = m->normal - glm::dot(m->normal, up_) * up_;
  if (!(glm::length(flat) > 1e-6)) return std::nullopt;
  const Vec3d n = glm::normalize(flat);
  const Vec3d e = d - 2 * glm::dot(d, n) * n;
  const auto p = meet(m->point + kOffMirrorM * n, e);
  if (!p) return std::nullopt;
  const double velocity =
      glm::dot(d, m->velocity - radar_mps_) + glm::dot(e, p->velocity - m->velocity);
  return WayEnd{p->drawable->instance.value,
                m->drawable->instance.value,
                p->drawable->class_id.value,
                m->range_m + p->range_m,
                velocity,
                m->range_m / m->cosine + (m->range_m / m->cosine + p->range_m) / p->cosine};
}

std::optional<WayEnd> RadarWays::below(const Vec3d& d) const {
  const Vec3d level = glm::normalize(d - glm::dot(d, up_) * up_);
  const auto above = meet(T_world_radar_.translation, level);
  const Vec3d below = T_world_ground_.inverse().point(T_world_radar_.translation);
  const auto p = meet(T_world_ground_.point({below.x, below.y, kLowRayM}), level);
  if (!above || !p || p->range_m < above->range_m) return std::nullopt;
  return WayEnd{p->drawable->instance.value,
                above->drawable->instance.value,
                p->drawable->class_id.value,
                p->range_m,
                glm::dot(level, p->velocity - radar_mps_),
                p->range_m / p->cosine};
}

std::optional<WayEnd> RadarWays::end(const RadarPoint& point, int k) const {
  const double c = std::cos(point.true_elevation_rad);
  const Vec3d axis = glm::normalize(T_world_radar_.vector({c * std::cos(point.true_azimuth_rad),
                                                           c * std::sin(point.true_azimuth_rad),
                                                           std::sin(point.true_elevation_rad)}));
  // Rays were cast in single precision, and angles are recorded in it.
  const Vec3d side = glm::normalize(glm::cross(axis, up_)), other = glm::cross(side, axis);
  const double reach =
      capture::kBeamEdgeM / std::max(point.true_range_m, 1.0) + capture::kBeamEdgeShare;
  const double a = k * glm::pi<double>() / 8;
  const double r = k == 0 ? 0 : reach * (k <= kBeside / 2 ? 1 : 0.2);
  const Vec3d d = glm::normalize(axis + r * (std::cos(a) * side + std::sin(a) * other));
  switch (static_cast<RadarCause>(point.cause)) {
    case RadarCause::kGhost:
      return mirrored(d);
    case RadarCause::kUnderVehicle:
      return below(d);
    default:
      return straight(d);
  }
}

}  // namespace oddroad::verify
