// A satellite navigation receiver as data.
#pragma once

#include <string>

#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"

namespace oddroad::ins {

// Errors of positions at a dilution of 1: a slow part (first-order Gauss-Markov, `tau`) that comes
// from orbits, clocks, air and the base line, and a white part of the receiver. 1 sigma, metres.
struct FixErrors {
  double slow_h_m = 0, slow_v_m = 0, white_m = 0, tau_s = 100;
};

struct GnssModel {
  std::string name;
  double rate_hz = 10;
  int satellites = 12;         // over the horizon
  double mask_rad = 0.1745;    // elevation below which none is used
  double latency_s = 0.1;      // from the epoch to its message
  double velocity_mps = 0.03;  // 1 sigma, each axis, at a dilution of 1
  // The best that the receiver does where its corrections arrive; what it falls back to is worse.
  enum class Mode { kStandard, kDifferential, kRtk } mode = Mode::kStandard;
  double refix_s = 10;  // RTK: from float to fixed after an interruption
  FixErrors standard, differential, rtk_float, rtk_fixed;
};

struct GnssSettings {
  GnssModel model;
  bool noise = true;  // slow and white errors
  bool sky = true;    // satellites are blocked and reflected; false: open sky everywhere
};

// A rig entry of type gnss: `model` (assets/ins/models.yaml, gnss:), `rate`, `noise`, `sky`. Its
// mount is the antenna's place.
core::Result<GnssSettings> parse_gnss_settings(const core::YamlNode& settings,
                                               const core::SearchRoots& roots);

}  // namespace oddroad::ins
