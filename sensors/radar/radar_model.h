// A radar as data: assets/radar/models.yaml.
#pragma once

#include <string>
#include <vector>

#include "engine/capture/radar_calibration.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"
#include "engine/core/yaml.h"

namespace oddroad::radar {

// What calibration.json tells of a scan, and how finely rays look for what reflects.
struct Scan : capture::RadarScan {
  double ray_azimuth_rad = 0, ray_elevation_rad = 0;
};

struct RadarModel {
  std::string name;
  double rate_hz = 0;
  double frequency_hz = 77e9;
  double false_alarm = 1e-6;     // probability in a cell of noise alone
  std::size_t detections = 250;  // at most so many a cycle: the strongest
  std::vector<Scan> scans;
};

// Every effect can be switched off. All off: each resolution cell whose mean signal is above the
// threshold is told, exactly.
struct RadarSettings {
  RadarModel model;
  bool noise = true;        // errors of what is measured
  bool fluctuation = true;  // Swerling I: signals come and go
  bool clutter = true;      // ground, plants, false alarms
  bool multipath = true;    // mirrors, and underneath vehicles
  bool weather = true;      // attenuation by rain
  bool tracks = true;
};

// A rig entry of type radar: `model`, `rate`, and the switches. Errors: unknown keys or model (with
// a suggestion), numbers that make no device.
core::Result<RadarSettings> parse_radar_settings(const core::YamlNode& settings,
                                                 const core::SearchRoots& roots);

capture::RadarCalibration calibration(const std::string& name, const math::Pose& T_ego_radar,
                                      const RadarSettings& settings);

}  // namespace oddroad::radar
