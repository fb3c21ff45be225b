// Points that reflect, as rays find them.
#pragma once

#include <vector>

#include "engine/capture/radar.h"
#include "engine/math/affine.h"
#include "engine/world/scene_window.h"
#include "render/scene/triangle_source.h"
#include "render/scene/visibility.h"
#include "sensors/radar/radar_model.h"
#include "sensors/radar/rcs.h"

namespace oddroad::radar {

// Radar frame at the scan's instant.
struct Scatterer {
  double range_m = 0, azimuth_rad = 0, elevation_rad = 0;
  double velocity_mps = 0;  // how fast its path grows, not folded
  double rcs_m2 = 0;
  double loss = 1;  // of the path beside R^-4: bounces
  std::uint16_t instance = 0, via = 0;
  std::uint8_t class_id = 0;
  capture::RadarCause cause = capture::RadarCause::kTarget;
};

// Where a ray met a surface, in double precision.
struct Surface {
  std::uint32_t drawable = 0, triangle = 0;
  math::Vec3d point_m{0}, normal{0};  // world; the normal on the ray's side
  double range_m = 0;                 // along the ray
  double incidence_rad = 0;
};

// The radar and the world at the instant of one scan. Borrows everything.
class Eye {
 public:
  Eye(const world::SceneWindow& window, const scene::RayCaster& caster,
      const math::Pose& T_ego_radar, std::int64_t stamp_ns);

  [[nodiscard]] std::int64_t stamp_ns() const { return stamp_ns_; }
  [[nodiscard]] const world::SceneWindow& window() const { return window_; }
  [[nodiscard]] const math::Affine3d& T_world_radar() const { return T_world_radar_; }
  // The ego without the dip and roll of its springs: its x y plane is the ground under its wheels.
  [[nodiscard]] const math::Affine3d& T_world_ground() const { return T_world_ground_; }
  [[nodiscard]] const math::Vec3d& velocity_mps() const { return velocity_mps_; }  // world
  // The unit vector of two angles, world.
  [[nodiscard]] math::Vec3d direction(double azimuth_rad, double elevation_rad) const;

  // What each ray meets first within its limit; drawable -1 where nothing. Unit directions.
  struct Ray {
    math::Vec3d origin_m, direction;
    double limit_m;
  };
  [[nodiscard]] std::vector<std::optional<Surface>> meet(const std::vector<Ray>& rays) const;
  // Of a surface point: motion is linear within a millisecond.
  [[nodiscard]] math::Vec3d surface_velocity(const Surface& at) const;
  // Angle between where a thing faces and the way to a place, 0 to pi, seen from above.
  [[nodiscard]] double aspect_rad(std::uint16_t instance, const math::Vec3d& from_m) const;
  // Area of the box of a thing across a direction, m2: what it can show at most.
  [[nodiscard]] double box_area_m2(std::uint16_t instance, const math::Vec3d& from_m) const;

 private:
  const world::SceneWindow& window_;
  const scene::RayCaster& caster_;
  scene::TriangleSource triangles_;
  std::int64_t stamp_ns_;
  math::Affine3d T_world_ground_, T_world_radar_;
  math::Vec3d velocity_mps_{0};
};

// Straight echoes: a fan of rays over the scan's field, moved by less than a step from cycle to
// cycle by (u, v) in [0, 1). Surfaces reflect by the area that a ray stands for. Of an object,
// its whole cross section at this aspect, times the share of its box's outline that is seen (four
// fifths of it or more is all), goes to its rays by area, incidence (0.1 + cos^4) and, twice,
// wheels. Also gives the surfaces, for what they throw on.
struct Echoes {
  std::vector<Scatterer> scatterers;
  std::vector<Eye::Ray> rays;                    // that met something, in order
  std::vector<Surface> surfaces;                 // what they met
  std::vector<std::array<double, 2>> direction;  // (azimuth, elevation) of the rays
  double ray_solid_angle_sr = 0;                 // ahead; times cos(elevation) elsewhere
};
Echoes direct_echoes(const Eye& eye, const Scan& scan, const std::vector<Reflector>& reflectors,
                     bool clutter, double u, double v);

}  // namespace oddroad::radar
