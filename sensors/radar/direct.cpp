// Straight echoes.
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "sensors/radar/scatterer.h"

namespace oddroad::radar {

using math::Vec3d;

namespace {

constexpr double kBoxShown = 0.8;  // of the outline of its box a thing shows this much

// The share of a thing's power that comes from one place.
double weight(const world::Drawable& drawable, const Surface& s) {
  const double c = std::cos(s.incidence_rad);
  const double wheel = drawable.role == asset::PartRole::kWheel ? 2 : 1;
  return wheel * (0.1 + c * c * c * c);
}

// What grows and what people build is uneven: patches of half a metre keep their own brightness.
double patch(const world::Drawable& drawable, const Reflector& r, const Vec3d& point_m) {
  if (r.spread == 0) return 1;
  constexpr double kPatchM = 0.5;
  std::uint64_t key = core::hash64("radar/patches", drawable.instance.value);
  for (int k = 0; k < 3; ++k) {
    const auto cell = static_cast<std::int64_t>(std::floor(point_m[k] / kPatchM));
    key = core::hash64(static_cast<std::uint64_t>(cell), key);
  }
  return patch_gain(r.spread, core::unit_from_bits64(static_cast<std::uint32_t>(key >> 32),
                                                     static_cast<std::uint32_t>(key)));
}

// What the rays of one object show.
struct Shown {
  double area_m2 = 0, weighted_m2 = 0;
};

std::vector<Eye::Ray> fan(const Eye& eye, const Scan& scan, double u, double v,
                          std::vector<std::array<double, 2>>& angles) {
  const Vec3d origin = eye.T_world_radar().translation;
  const double da = scan.ray_azimuth_rad, de = scan.ray_elevation_rad;
  const auto columns = static_cast<int>(2 * scan.azimuth_max_rad / da);
  const auto rows = static_cast<int>(2 * scan.elevation_max_rad / de);
  std::vector<Eye::Ray> rays;
  rays.reserve(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  for (int r = 0; r < rows; ++r) {
    const double el = -scan.elevation_max_rad + (r + v) * de;
    for (int c = 0; c < columns; ++c) {
      const double az = -scan.azimuth_max_rad + (c + u) * da;
      rays.push_back({origin, eye.direction(az, el), scan.range_max_m});
      angles.push_back({az, el});
    }
  }
  return rays;
}

}  // namespace

Echoes direct_echoes(const Eye& eye, const Scan& scan, const std::vector<Reflector>& reflectors,
                     bool clutter, double u, double v) {
  std::vector<std::array<double, 2>> angles;
  const std::vector<Eye::Ray> rays = fan(eye, scan, u, v, angles);
  const auto met = eye.meet(rays);
  Echoes out;
  out.ray_solid_angle_sr = scan.ray_azimuth_rad * scan.ray_elevation_rad;
  std::map<std::uint16_t, Shown> shown;
  for (std::size_t i = 0; i < rays.size(); ++i) {
    if (!met[i] || met[i]->range_m < scan.range_min_m) continue;
    out.rays.push_back(rays[i]);
    out.surfaces.push_back(*met[i]);
    out.direction.push_back(angles[i]);
    const world::Drawable& drawable = eye.window().drawables[met[i]->drawable];
    if (!reflectors[drawable.class_id.value].object) continue;
    const double area =
        met[i]->range_m * met[i]->range_m * out.ray_solid_angle_sr * std::cos(angles[i][1]);
    Shown& s = shown[drawable.instance.value];
    s.area_m2 += area;
    s.weighted_m2 += area * weight(drawable, *met[i]);
  }
  // What each square metre of weighted area of an object reflects.
  const Vec3d origin = eye.T_world_radar().translation;
  std::map<std::uint16_t, double> per_m2;
  for (std::size_t i = 0; i < out.surfaces.size(); ++i) {
    const world::Drawable& d = eye.window().drawables[out.surfaces[i].drawable];
    const Reflector& r = reflectors[d.class_id.value];
    if (!r.object || per_m2.contains(d.instance.value)) continue;
    const Shown& s = shown[d.instance.value];
    const double all = kBoxShown * eye.box_area_m2(d.instance.value, origin);
    const double share = std::min(1.0, s.area_m2 / std::max(all, 1e-6));
    per_m2[d.instance.value] =
        r.object_rcs_m2(eye.aspect_rad(d.instance.value, origin)) * share / s.weighted_m2;
  }
  std::vector<std::optional<Scatterer>> made(out.surfaces.size());
  core::parallel_chunks(out.surfaces.size(), 1024, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Surface& s = out.surfaces[i];
      const world::Drawable& d = eye.window().drawables[s.drawable];
      const Reflector& r = reflectors[d.class_id.value];
      if (r.ground && !clutter) continue;
      Scatterer one;
      one.range_m = s.range_m;
      one.azimuth_rad = out.direction[i][0];
      one.elevation_rad = out.direction[i][1];
      const double area =
          s.range_m * s.range_m * out.ray_solid_angle_sr * std::cos(one.elevation_rad);
      one.rcs_m2 = r.object ? area * weight(d, s) * per_m2.at(d.instance.value)
                            : area * r.surface_rcs(s.incidence_rad) * patch(d, r, s.point_m);
      one.velocity_mps =
          glm::dot(out.rays[i].direction, eye.surface_velocity(s) - eye.velocity_mps());
      one.instance = d.instance.value;
      one.class_id = d.class_id.value;
      one.cause = r.ground ? capture::RadarCause::kClutter : capture::RadarCause::kTarget;
      made[i] = one;
    }
  });
  for (const auto& one : made) {
    if (one) out.scatterers.push_back(*one);
  }
  return out;
}

}  // namespace oddroad::radar
