// Wheel ticks, vehicle speed and steering angle, as a car's bus tells them.
//
// Each wheel rolls without slip: what its hub moves along its own heading, which is the body's or,
// in front, turned by the steering angle. Rolling radii differ from the nominal one by a scale
// error drawn once a clip for each wheel: ticks count less where a tyre is larger.
#pragma once

#include "engine/capture/ins.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "sensors/ins/path.h"

namespace oddroad::ins {

struct OdometryModel {
  std::string name;
  double rate_hz = 50;
  int ticks_per_turn = 96;
  double scale = 0;            // 1 sigma of each wheel's radius, share
  double speed_step_mps = 0;   // quantisation of the speed
  double steer_bias_rad = 0;   // 1 sigma, once a clip
  double steer_noise_rad = 0;  // 1 sigma, each sample
  double steer_step_rad = 0;   // quantisation
};

struct OdometrySettings {
  OdometryModel model;
  bool noise = true;  // scale, bias, noise; quantisation and whole ticks stay
};

// A rig entry of type odometry: `model` (assets/ins/models.yaml, odometry:), `rate`, `noise`.
core::Result<OdometrySettings> parse_odometry_settings(const core::YamlNode& settings,
                                                       const core::SearchRoots& roots);

// Hubs in the ego frame and the nominal radius: the outermost wheels of the foremost and of the
// rearmost axle; two-wheelers have the same left and right.
struct WheelPlaces {
  math::Vec3d hub_m[4];  // front left, front right, rear left, rear right
  double radius_m = 0.3;
};
WheelPlaces wheel_places(const asset::Model& model);

// Samples at whole multiples of the period in [from_ns, end_ns]. key: hash of (variant, sensor).
// Distances count from the clip's start.
capture::OdometrySeries simulate_odometry(const OdometrySettings& settings, const world::Actor& ego,
                                          const SmoothPath& path, std::int64_t from_ns,
                                          std::int64_t end_ns, std::uint64_t key);

}  // namespace oddroad::ins
