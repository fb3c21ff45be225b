// A navigation system that joins IMU and GNSS (OXTS and the like), as a model of its solution's
// errors: no filter runs.
//
// With fixes, position, velocity and attitude are off by slow first-order Gauss-Markov errors whose
// deviations are the data sheet's for the quality of the last fix. Without, velocity walks and
// position drifts with it: v' = drift N / sqrt(dt), p' = v, which is what the residual bias of a
// free inertial solution does over tens of seconds; both fade within a second once fixes return.
#pragma once

#include "engine/capture/ins.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"
#include "sensors/ins/earth.h"
#include "sensors/ins/path.h"

namespace oddroad::ins {

struct NavigationModel {
  std::string name;
  double rate_hz = 100;
  double tau_s = 60;  // of all slow errors
  double standard_m = 1.5, differential_m = 0.4, float_m = 0.15, fixed_m = 0.02;  // 1 sigma an axis
  double velocity_mps = 0.014;
  double level_rad = 5e-4;  // roll, pitch
  double heading_rad = 1.7e-3;
  double drift_mps = 0.02;  // per sqrt(s)
};

struct NavigationSettings {
  NavigationModel model;
  std::string gnss;  // the rig's GNSS sensor that it listens to; empty: fixes of the best quality
  bool noise = true;
};

// A rig entry of type ins: `model` (assets/ins/models.yaml, ins:), `rate`, `gnss`, `noise`.
core::Result<NavigationSettings> parse_navigation_settings(const core::YamlNode& settings,
                                                           const core::SearchRoots& roots);

// Samples at whole multiples of the period in [from_ns, end_ns]; a fix counts from its arrival on,
// before the first one it is taken as the first. key: hash of (variant, sensor).
capture::NavigationSeries simulate_navigation(const NavigationSettings& settings,
                                              const SmoothPath& path, const math::Pose& T_ego_mount,
                                              const LocalEarth& earth,
                                              const capture::GnssSeries* gnss, std::int64_t from_ns,
                                              std::int64_t end_ns, std::uint64_t key);

// Tait-Bryan z-y'-x'' angles of a rotation (ISO 8855); pitch is positive with the nose down.
struct Angles {
  double roll_rad = 0, pitch_rad = 0, yaw_rad = 0;
};
Angles angles_of(const glm::dquat& rotation);

}  // namespace oddroad::ins
