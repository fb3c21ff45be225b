// A spinning LiDAR as its maker built it: beams, firing times, range limits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/capture/rig.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"

namespace oddroad::lidar {

using Beam = capture::LidarBeam;

struct LidarModel {
  std::string name;
  std::vector<Beam> beams;  // in firing order
  std::int64_t cycle_ns = 0;
  double rate_hz = 10;
  double range_min_m = 0;
  double range_max_m = 0;
  double range_10_m = 0;    // a 10 % Lambertian target is detected with probability 1/2
  double noise_m = 0;       // 1 sigma at high signal
  double range_step_m = 0;  // quantisation

  [[nodiscard]] std::int64_t sweep_ns() const;
  [[nodiscard]] std::int64_t cycles_per_sweep() const { return sweep_ns() / cycle_ns; }
};

// Settings of a rig entry of type lidar.
struct LidarSettings {
  LidarModel model;
  bool noise = true;      // range noise and quantisation
  bool detection = true;  // lose weak returns; off = every hit in range returns
};

// Looks `model:` up in assets/lidar/models.yaml under the roots. Errors: unknown keys or model
// (with suggestion), wrong values, unreadable or broken beam table (file:line).
core::Result<LidarSettings> parse_lidar_settings(const core::YamlNode& settings,
                                                 const core::SearchRoots& roots);
core::Result<LidarModel> load_lidar_model(const std::string& name, const core::SearchRoots& roots,
                                          const core::SourceLocation& where = {});
// Beams from CSV text; `file` names it in errors.
core::Result<std::vector<Beam>> parse_beam_table(const std::string& text, const std::string& file);

}  // namespace oddroad::lidar
