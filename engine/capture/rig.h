// The sensors of a vehicle and where they are mounted. Sensor-specific settings stay opaque here
// and are parsed by each sensor (sensors/*).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/capture/motion_calibration.h"
#include "engine/capture/radar_calibration.h"
#include "engine/math/affine.h"
#include "engine/math/camera_model.h"

namespace oddroad::capture {

// Calibration as written to calibration.json and used by every consumer of a capture.
struct CameraCalibration {
  std::string name;
  math::CameraModel camera;
  math::Pose T_ego_camera;       // camera frame: x right, y down, z forward
  std::int64_t row_time_ns = 0;  // rolling shutter, rows downwards; 0 = global
  bool operator==(const CameraCalibration&) const = default;
};

// One laser (or emitter) of a LiDAR (scenarios/labels.md says which ray that makes). Angles in the
// LiDAR frame (x forward, y left, z up): elevation up, azimuth offset added to the azimuth, which
// counts counter-clockwise. The beam starts vertical_offset_m above and horizontal_offset_m left of
// the spin axis, both turned with the beam (lever arms of the HDL-64E manual), and forward_offset_m
// from the axis where the head looks, before the beam's own azimuth offset (Ouster's beam origin).
struct LidarBeam {
  double elevation_rad = 0;
  double azimuth_offset_rad = 0;
  double vertical_offset_m = 0;
  double horizontal_offset_m = 0;
  std::int64_t fire_time_ns = 0;  // after the start of the column
  std::uint16_t ring = 0;         // counted from the lowest beam
  double forward_offset_m = 0;
  std::uint16_t state = 0;  // fires in the columns c with c mod states == state
  double range_bias_m = 0;  // what this laser of the unit measures too much
  bool operator==(const LidarBeam&) const = default;
};

// One rotor of a scanner with prisms: the beam is deflected by (horizontal cos, vertical sin) of
// 2 pi frequency t + phase, t from the start of simulation. Negative frequencies turn backwards.
struct LidarRotor {
  double frequency_hz = 0;
  double horizontal_rad = 0;
  double vertical_rad = 0;
  double phase_rad = 0;
  bool operator==(const LidarRotor&) const = default;
};

// How the head moves. A sweep fires `columns` columns (azimuth steps); column c starts
//   begin_ns + floor(c columns_ns / columns)
// after the start of the sweep. At a time t after that start a spinning head looks at the azimuth
//   start_azimuth_rad - turn_rad t / sweep_ns
// With rotors the head stands still and the sum of their deflections aims the beams.
struct LidarScan {
  std::int64_t sweep_ns = 0;
  std::int64_t begin_ns = 0;
  std::int64_t columns_ns = 0;
  std::uint32_t columns = 0;
  std::uint16_t states = 1;
  double start_azimuth_rad = 0;
  double turn_rad = 0;  // of a sweep, clockwise seen from above
  std::vector<LidarRotor> rotors;
  bool operator==(const LidarScan&) const = default;

  [[nodiscard]] std::int64_t column_ns(std::uint32_t column) const {
    return begin_ns + column * columns_ns / columns;
  }
};

// What a LiDAR's beams make of the vehicle that carries it.
enum class EgoBody : std::uint8_t {
  kUnseen = 0,   // as if it were not there
  kMasked = 1,   // it takes beams, and what it answers is left out
  kRecorded = 2  // its points are recorded, with a cause of their own
};
// Of rigs and calibration.json, in the order of EgoBody.
inline constexpr std::array<const char*, 3> kEgoBodyNames{"unseen", "masked", "recorded"};

struct LidarCalibration {
  std::string name;
  std::string model;       // "velodyne_hdl64e_s2"
  math::Pose T_ego_lidar;  // lidar frame: x forward, y left, z up
  std::int64_t unit = 0;   // which one of its make; 0: as in the maker's table
  LidarScan scan;
  double range_min_m = 0;
  double range_max_m = 0;
  double noise_m = 0;  // 1 sigma at high signal: noise_m + noise_per_m range; 0: exact
  double noise_per_m = 0;
  double range_step_m = 0;  // quantisation; 0: none
  // Full angles of the footprint (scenarios/labels.md); 0: beams are rays.
  double divergence_h_rad = 0;
  double divergence_v_rad = 0;
  EgoBody ego_body = EgoBody::kUnseen;
  std::vector<LidarBeam> beams;  // in firing order
  bool operator==(const LidarCalibration&) const = default;
};

struct Calibration {
  std::vector<CameraCalibration> cameras;
  std::vector<LidarCalibration> lidars;
  MotionCalibration motion;
  std::vector<RadarCalibration> radars;
  bool operator==(const Calibration&) const = default;
};

}  // namespace oddroad::capture
