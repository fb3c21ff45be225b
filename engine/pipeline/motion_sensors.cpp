#include "engine/pipeline/motion_sensors.h"

#include <algorithm>

#include "engine/core/suggest.h"
#include "sensors/ins/calibration.h"

namespace oddroad::pipeline {

capture::MotionCalibration MotionSensors::calibration(const asset::Model& ego) const {
  capture::MotionCalibration out;
  for (const auto& s : imus) out.imus.push_back(ins::calibration(s.name, s.T_ego_imu, s.settings));
  for (const auto& s : gnss) {
    out.gnss.push_back(ins::calibration(s.name, s.T_ego_antenna, s.settings));
  }
  for (const auto& s : navigations) {
    out.navigations.push_back(ins::calibration(s.name, s.T_ego_ins, s.settings));
  }
  for (const auto& s : odometries) {
    out.odometries.push_back(ins::calibration(s.name, ego, s.settings));
  }
  return out;
}

bool add_motion_sensor(const common::SensorEntry& sensor, const core::SearchRoots& roots,
                       MotionSensors& motion, core::Diagnostics& diagnostics) {
  const auto keep = [&](auto settings, const auto& add) {
    if (settings) return add(*settings);
    diagnostics.append(settings.error());
  };
  if (sensor.type == "imu") {
    keep(ins::parse_imu_settings(sensor.settings, roots), [&](const ins::ImuSettings& s) {
      motion.imus.push_back({sensor.name, sensor.T_ego_mount, s});
    });
  } else if (sensor.type == "gnss") {
    keep(ins::parse_gnss_settings(sensor.settings, roots), [&](const ins::GnssSettings& s) {
      motion.gnss.push_back({sensor.name, sensor.T_ego_mount, s});
    });
  } else if (sensor.type == "ins") {
    keep(ins::parse_navigation_settings(sensor.settings, roots),
         [&](const ins::NavigationSettings& s) {
           motion.navigations.push_back({sensor.name, sensor.T_ego_mount, s});
         });
  } else if (sensor.type == "odometry") {
    keep(ins::parse_odometry_settings(sensor.settings, roots), [&](const ins::OdometrySettings& s) {
      motion.odometries.push_back({sensor.name, s});
    });
  } else {
    return false;
  }
  return true;
}

void check_motion_sensors(const common::RigFile& file, const MotionSensors& motion,
                          core::Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const RigGnss& g : motion.gnss) names.push_back(g.name);
  for (const common::SensorEntry& sensor : file.sensors) {
    const core::YamlNode* named = sensor.type == "ins" ? sensor.settings.find("gnss") : nullptr;
    if (named == nullptr || named->text().empty()) continue;
    if (std::find(names.begin(), names.end(), named->text()) != names.end()) continue;
    diagnostics.error(named->location(), "the rig has no gnss sensor '" + named->text() + "'",
                      core::did_you_mean(named->text(), names));
  }
}

bool records_motion(const MotionSensors& motion, const std::set<std::string>& kinds) {
  return (kinds.contains("imu") && !motion.imus.empty()) ||
         (kinds.contains("gnss") && !motion.gnss.empty()) ||
         (kinds.contains("ins") && !motion.navigations.empty()) ||
         (kinds.contains("odometry") && !motion.odometries.empty());
}

bool needs_fixes(const MotionSensors& motion, const std::set<std::string>& kinds) {
  if (motion.gnss.empty()) return false;
  return kinds.contains("gnss") || (kinds.contains("ins") && !motion.navigations.empty());
}

}  // namespace oddroad::pipeline
