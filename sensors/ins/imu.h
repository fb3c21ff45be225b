// Inertial measurement unit: three gyroscopes and three accelerometers.
//
// measured = quantise(saturate((1 + S) (I + M) true + b + n)), per axis triad (IEEE Std 952-2020,
// annexes on error models; Woodman, An introduction to inertial navigation, 2007):
//   S  scale factor errors and M the axes' misalignment, drawn once a clip
//   b  turn-on bias, drawn once, plus a random walk: b += walk sqrt(dt) N each sample
//   n  white noise of a spectral density: n = density / sqrt(dt) N
// True: rates and specific force (acceleration of the IMU's own place minus gravity) at the stamp,
// from the smooth path, in the axes of the mount. Gravity is constant, the earth does not turn.
#pragma once

#include "engine/capture/ins.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "sensors/ins/path.h"

namespace oddroad::ins {

// One triad; `unit` is rad/s or m/s2.
struct TriadModel {
  double density = 0;         // unit / sqrt(Hz)
  double walk = 0;            // unit / s / sqrt(Hz)
  double turn_on = 0;         // 1 sigma, unit
  double scale = 0;           // 1 sigma, share
  double misaligned_rad = 0;  // 1 sigma, of each axis towards each other one
  double limit = 0;           // saturates beyond; 0 = never
  double step = 0;            // quantisation; 0 = none
};

struct ImuModel {
  std::string name;
  double rate_hz = 100;
  TriadModel gyro;
  TriadModel accelerometer;
};

struct ImuSettings {
  ImuModel model;
  bool noise = true;  // false: measured is true
};

// A rig entry of type imu: `model` (assets/ins/models.yaml, imu:), `rate`, `noise`.
core::Result<ImuSettings> parse_imu_settings(const core::YamlNode& settings,
                                             const core::SearchRoots& roots);

// Samples at whole multiples of the period in [from_ns, end_ns]. key: hash of (variant, sensor).
capture::ImuSeries simulate_imu(const ImuSettings& settings, const SmoothPath& path,
                                const math::Pose& T_ego_imu, double gravity_mps2,
                                std::int64_t from_ns, std::int64_t end_ns, std::uint64_t key);

// Nanoseconds from one sample to the next.
std::int64_t period_ns(double rate_hz);

}  // namespace oddroad::ins
