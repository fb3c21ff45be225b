// Motion sensors as written to calibration.json: what a filter needs to know of them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::capture {

// Densities per sqrt(Hz) of white noise and of the drive of the bias; 1 sigma of what is drawn once
// a clip. rad/s or m/s2. All 0 where the rig switched noise off.
struct TriadCalibration {
  double noise = 0, bias_walk = 0, turn_on = 0, scale = 0, misaligned_rad = 0;
  double limit = 0, step = 0;
  bool operator==(const TriadCalibration&) const = default;
};

struct ImuCalibration {
  std::string name, model;
  math::Pose T_ego_imu;
  std::int64_t period_ns = 0;
  TriadCalibration gyro, accelerometer;
  bool operator==(const ImuCalibration&) const = default;
};

struct GnssCalibration {
  std::string name, model;
  math::Pose T_ego_antenna;
  std::int64_t period_ns = 0;
  std::int64_t latency_ns = 0;
  bool sky = true;  // satellites are blocked and reflected
  bool noise = true;
  bool operator==(const GnssCalibration&) const = default;
};

struct NavigationCalibration {
  std::string name, model;
  std::string gnss;  // the sensor that it listens to
  math::Pose T_ego_ins;
  std::int64_t period_ns = 0;
  bool noise = true;
  double roll_pitch_rad = 0, heading_rad = 0;  // 1 sigma
  bool operator==(const NavigationCalibration&) const = default;
};

// Wheels in the order front left, front right, rear left, rear right.
struct OdometryCalibration {
  std::string name, model;
  std::int64_t period_ns = 0;
  int ticks_per_turn = 0;
  double wheel_radius_m = 0;  // nominal
  std::array<math::Vec3d, 4> hub_ego_m{};
  double scale = 0;  // 1 sigma of each wheel's rolling radius
  double speed_step_mps = 0;
  double steer_bias_rad = 0, steer_noise_rad = 0, steer_step_rad = 0;
  bool operator==(const OdometryCalibration&) const = default;
};

struct MotionCalibration {
  std::vector<ImuCalibration> imus;
  std::vector<GnssCalibration> gnss;
  std::vector<NavigationCalibration> navigations;
  std::vector<OdometryCalibration> odometries;
  bool operator==(const MotionCalibration&) const = default;
};

}  // namespace oddroad::capture
