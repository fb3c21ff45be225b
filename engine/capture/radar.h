// What a radar recorded in one cycle, with its labels.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/capture/frames.h"

namespace oddroad::capture {

// Why a detection exists.
enum class RadarCause : std::uint8_t {
  kTarget = 1,        // straight echo of a thing
  kGhost = 2,         // by the mirror of a wall, a rail or a vehicle's side, there and back
  kUnderVehicle = 3,  // underneath a vehicle that hides the thing
  kClutter = 4,       // straight echo of ground or plants
  kFalseAlarm = 5     // noise above the threshold
};

// Radar frame (x forward, y left, z up) at the detection's own time; SI, radians. azimuth counts
// from x to the left, elevation up. Radial velocity: how fast the range grows.
struct RadarDetection {
  float x_m = 0, y_m = 0, z_m = 0;  // of the measured range and angles
  float range_m = 0, azimuth_rad = 0;
  float elevation_rad = 0;             // 0 where the device does not measure it
  float velocity_mps = 0;              // as measured: relative to the radar, folded
  float velocity_compensated_mps = 0;  // of what reflects, over ground: the radar's own motion out
  float rcs_dbsm = 0;                  // by the radar equation from what was measured
  float snr_db = 0;
  std::int32_t time_offset_ns = 0;  // from the stamp
  std::uint16_t instance = 0;       // what reflects most in the resolution cell; 0 = nothing
  std::uint16_t via = 0;            // ghosts: the mirror; under a vehicle: that vehicle; else 0
  std::uint8_t class_id = 0;
  std::uint8_t cause = 0;  // RadarCause
  std::uint8_t scan = 0;   // index into the calibration's scans
  // Of the strongest reflecting point in the cell, along its path; all 0 of false alarms.
  float true_range_m = 0, true_azimuth_rad = 0, true_elevation_rad = 0;
  float true_velocity_mps = 0;  // not folded
  float true_rcs_dbsm = 0;      // mean of all in the cell, by the radar equation at that point
  float true_snr_db = 0;        // mean, before fluctuation
  bool operator==(const RadarDetection&) const = default;
};

// A tracked object as the device tells it: ego frame at the stamp.
struct RadarTrack {
  int id = 0;                                          // from 1, in order of birth
  math::Vec2d position_ego_m{0}, velocity_ego_mps{0};  // over ground, ego axes
  double position_sigma_m = 0, velocity_sigma_mps = 0;
  double rcs_dbsm = 0;
  int age = 0;     // cycles since birth
  int missed = 0;  // cycles since the last detection
  // Truth: the id that most of the last detections came from, 0 if they came from nothing.
  std::uint16_t instance = 0;
  bool operator==(const RadarTrack&) const = default;
};

struct RadarFrame {
  FrameStamp stamp;
  std::vector<RadarDetection> detections;  // nearest first
  std::vector<RadarTrack> tracks;          // ascending id
  std::vector<ObjectInWorld> world;        // returns_by_id counts detections of cause target
};

}  // namespace oddroad::capture
