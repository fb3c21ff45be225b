// A LiDAR sweep, structure of arrays; every vector is as long as x_m.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::capture {

// Why a point exists. Numbers are never used again for something else; 4 was never written.
enum class PointCause : std::uint8_t {
  kTarget = 1,  // a surface, met directly or through panes
  kMixed = 2,   // several surfaces in one footprint: between them; ids are those of the strongest
  kGhost = 3,   // a surface seen in a mirror, put where the beam looks
  kFalseAlarm = 5,  // noise
  kBloom = 6,       // stray light of a retroreflector, whose ids it has
  kCrosstalk = 7,   // another laser's echo, or another device's
  kRain = 8,
  kSnow = 9,
  kFog = 10,
  kDust = 11,
  kSmoke = 12,
  kSpray = 13,
  kEgo = 14  // as kTarget, on the vehicle that carries the LiDAR
};

// Causes that have a surface of the world behind them: a normal, a material, a velocity.
constexpr bool has_surface(PointCause cause) {
  return cause == PointCause::kTarget || cause == PointCause::kMixed || cause == PointCause::kEgo;
}

// Material of points without a surface.
inline constexpr std::uint16_t kNoMaterial = 0xffff;

struct PointCloud {
  // Raw: each point in the LiDAR frame at its own time. Metres.
  std::vector<float> x_m, y_m, z_m;
  std::vector<float> range_m;                // measured, along the ray
  std::vector<float> intensity;              // 0 to 1
  std::vector<std::uint16_t> ring;           // 0 = lowest elevation
  std::vector<std::uint16_t> column;         // azimuth step; ring and column name the shot
  std::vector<std::uint8_t> echo;            // 0 = the shot's first reported, 1 = its second
  std::vector<std::int32_t> time_offset_ns;  // to the sweep's stamp
  std::vector<std::uint16_t> instance;
  std::vector<std::uint8_t> class_id;
  std::vector<std::uint8_t> cause;  // PointCause
  // Kind lidar_compensated; empty where it was not asked for. In the LiDAR frame at the sweep's
  // stamp: moved by the ego's motion since the point's time. What moves by itself keeps its shear.
  std::vector<math::Vec3f> compensated_m;
  // Without noise, along the way of the light (of ghosts: with its bend); kind lidar_geometry.
  std::vector<float> true_range_m;
  // Kind lidar_geometry; empty where it was not asked for. 0, and kNoMaterial, without a surface.
  std::vector<math::Vec3f> normal;   // unit, on the sensor's side, LiDAR frame at the point's time
  std::vector<float> incidence_rad;  // between ray and normal, 0 to pi / 2
  std::vector<math::Vec3f> velocity_mps;  // of the surface point in the world, world axes
  std::vector<std::uint16_t> material;    // index into the clip's materials
  // Truth for checks, not written to disk: which triangle was hit; drawable 0 = none.
  std::vector<std::uint32_t> drawable, triangle;

  bool operator==(const PointCloud&) const = default;
  [[nodiscard]] std::size_t size() const { return x_m.size(); }
};

// What became of a shot.
enum class RayEnd : std::uint8_t {
  kReturned = 0,
  kNothing = 1,         // meets no surface
  kOutOfRange = 2,      // meets one nearer or farther than the device reports
  kBelowThreshold = 3,  // too dark, too far or too slanting
  kSpecular = 4,        // a mirror, pane or film sent the light elsewhere
  kAbsorbed = 5,        // would have been heard in clear air
  kBlocked = 6,         // dirt or drops on the window
  kDead = 7             // its laser does not fire
};

// Kind lidar_rays: one entry for each shot of a sweep, in firing order.
struct LidarRays {
  std::vector<std::uint16_t> ring;
  std::vector<std::uint16_t> column;
  std::vector<std::int32_t> time_offset_ns;  // to the sweep's stamp
  std::vector<std::uint8_t> end;             // RayEnd
  std::vector<std::uint8_t> returns;         // points
  std::vector<float> range_m;  // exact, from the axis of the beam to the first surface; 0 = none

  bool operator==(const LidarRays&) const = default;
  [[nodiscard]] std::size_t size() const { return ring.size(); }
};

}  // namespace oddroad::capture
