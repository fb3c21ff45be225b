#include "sensors/radar/multipath.h"

#include <algorithm>
#include <cmath>

#include "sensors/radar/signal.h"

namespace oddroad::radar {

using math::Vec3d;

namespace {

constexpr double kMirrorReachM = 80;
constexpr double kOffMirrorM = 0.02;
constexpr double kBoxShown = 0.8;
constexpr double kBehindM = 1;  // what is seen below a vehicle lies this far behind its front

// A share of an object's cross section for a ray of some area.
double object_rcs_m2(const Eye& eye, const Reflector& r, std::uint16_t instance, double area_m2,
                     const Vec3d& from_m) {
  const double all = kBoxShown * eye.box_area_m2(instance, from_m);
  return r.object_rcs_m2(eye.aspect_rad(instance, from_m)) *
         std::min(1.0, area_m2 / std::max(all, 1e-6));
}

}  // namespace

std::vector<Scatterer> ghosts(const Eye& eye, const Echoes& echoes,
                              const std::vector<Reflector>& reflectors) {
  const Vec3d up = glm::normalize(eye.T_world_ground().vector({0, 0, 1}));
  std::vector<Eye::Ray> onward;
  std::vector<std::size_t> from;
  for (std::size_t i = 0; i < echoes.surfaces.size(); ++i) {
    const Surface& s = echoes.surfaces[i];
    const world::Drawable& d = eye.window().drawables[s.drawable];
    if (!reflectors[d.class_id.value].mirror_db || s.range_m > kMirrorReachM) continue;
    const double slope = glm::dot(s.normal, up);
    if (std::abs(slope) > 0.866) continue;
    const Vec3d n = glm::normalize(s.normal - slope * up);
    const Vec3d& in = echoes.rays[i].direction;
    if (glm::dot(in, n) >= 0) continue;
    onward.push_back({s.point_m + kOffMirrorM * n, in - 2 * glm::dot(in, n) * n, kMirrorReachM});
    from.push_back(i);
  }
  const auto met = eye.meet(onward);
  std::vector<Scatterer> out;
  for (std::size_t k = 0; k < onward.size(); ++k) {
    if (!met[k]) continue;
    const Surface& mirror = echoes.surfaces[from[k]];
    const world::Drawable& there = eye.window().drawables[met[k]->drawable];
    const world::Drawable& by = eye.window().drawables[mirror.drawable];
    const Reflector& r = reflectors[there.class_id.value];
    if (!r.object || there.instance == by.instance) continue;
    Scatterer s;
    s.range_m = mirror.range_m + met[k]->range_m;
    s.azimuth_rad = echoes.direction[from[k]][0];
    s.elevation_rad = echoes.direction[from[k]][1];
    const Vec3d m = eye.surface_velocity(mirror), p = eye.surface_velocity(*met[k]);
    s.velocity_mps = glm::dot(echoes.rays[from[k]].direction, m - eye.velocity_mps()) +
                     glm::dot(onward[k].direction, p - m);
    const double area =
        s.range_m * s.range_m * echoes.ray_solid_angle_sr * std::cos(s.elevation_rad);
    s.rcs_m2 = object_rcs_m2(eye, r, there.instance.value, area, onward[k].origin_m);
    s.loss = from_db(2 * *reflectors[by.class_id.value].mirror_db);
    s.instance = there.instance.value;
    s.via = by.instance.value;
    s.class_id = there.class_id.value;
    s.cause = capture::RadarCause::kGhost;
    out.push_back(s);
  }
  return out;
}

std::vector<Scatterer> under_vehicles(const Eye& eye, const Scan& scan,
                                      const std::vector<Reflector>& reflectors, double u) {
  const Vec3d below_radar = eye.T_world_ground().inverse().point(eye.T_world_radar().translation);
  const Vec3d low_m = eye.T_world_ground().point({below_radar.x, below_radar.y, kLowRayM});
  const Vec3d up = glm::normalize(eye.T_world_ground().vector({0, 0, 1}));
  const auto columns = static_cast<int>(2 * scan.azimuth_max_rad / scan.ray_azimuth_rad);
  std::vector<Eye::Ray> level, low;
  std::vector<double> azimuths;
  for (int c = 0; c < columns; ++c) {
    const double az = -scan.azimuth_max_rad + (c + u) * scan.ray_azimuth_rad;
    Vec3d d = eye.direction(az, 0);
    d = glm::normalize(d - glm::dot(d, up) * up);
    level.push_back({eye.T_world_radar().translation, d, scan.range_max_m});
    low.push_back({low_m, d, scan.range_max_m});
    azimuths.push_back(az);
  }
  const auto first = eye.meet(level), below = eye.meet(low);
  std::vector<Scatterer> out;
  for (std::size_t k = 0; k < level.size(); ++k) {
    if (!first[k] || !below[k] || below[k]->range_m < first[k]->range_m + kBehindM) continue;
    const world::Drawable& hider = eye.window().drawables[first[k]->drawable];
    const world::Drawable& there = eye.window().drawables[below[k]->drawable];
    const Reflector& h = reflectors[hider.class_id.value];
    const Reflector& r = reflectors[there.class_id.value];
    if (!h.object || !h.mirror_db || !r.object || there.instance == hider.instance) continue;
    Scatterer s;
    s.range_m = below[k]->range_m;
    s.azimuth_rad = azimuths[k];
    s.velocity_mps =
        glm::dot(low[k].direction, eye.surface_velocity(*below[k]) - eye.velocity_mps());
    // A column as wide as the ray's step and as high as the gap that it comes through.
    const double area = s.range_m * scan.ray_azimuth_rad * 2 * kLowRayM;
    s.rcs_m2 = object_rcs_m2(eye, r, there.instance.value, area * 4, low_m);
    s.loss = from_db(-kUnderLossDb);
    s.instance = there.instance.value;
    s.via = hider.instance.value;
    s.class_id = there.class_id.value;
    s.cause = capture::RadarCause::kUnderVehicle;
    out.push_back(s);
  }
  return out;
}

}  // namespace oddroad::radar
