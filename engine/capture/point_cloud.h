// A LiDAR sweep, structure of arrays; every vector is as long as x_m.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::capture {

// Why a point exists. Weather, ghosts and false alarms come with the full device models.
enum class PointCause : std::uint8_t {
  kTarget = 1,
  kMixed = 2,
  kGhost = 3,
  kWeather = 4,
  kFalseAlarm = 5
};

struct PointCloud {
  // Raw: each point in the LiDAR frame at its own time. Metres.
  std::vector<float> x_m, y_m, z_m;
  std::vector<float> range_m;                // measured, along the ray
  std::vector<float> intensity;              // 0 to 1
  std::vector<std::uint16_t> ring;           // 0 = lowest elevation
  std::vector<std::int32_t> time_offset_ns;  // to the sweep's stamp
  std::vector<std::uint16_t> instance;
  std::vector<std::uint8_t> class_id;
  std::vector<std::uint8_t> cause;  // PointCause
  std::vector<float> true_range_m;  // to the triangle, without noise; kind lidar_geometry
  // Kind lidar_geometry; empty where it was not asked for.
  std::vector<math::Vec3f> normal;   // unit, on the sensor's side, LiDAR frame at the point's time
  std::vector<float> incidence_rad;  // between ray and normal, 0 to pi / 2
  std::vector<math::Vec3f> velocity_mps;  // of the surface point in the world, world axes
  std::vector<std::uint16_t> material;    // index into the clip's materials
  // Truth for checks, not written to disk: which triangle was hit.
  std::vector<std::uint32_t> drawable, triangle;

  bool operator==(const PointCloud&) const = default;
  [[nodiscard]] std::size_t size() const { return x_m.size(); }
};

}  // namespace oddroad::capture
