// The motion sensors of a rig.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/capture/motion_calibration.h"
#include "sensors/common/rig_file.h"
#include "sensors/ins/gnss_model.h"
#include "sensors/ins/imu.h"
#include "sensors/ins/navigation.h"
#include "sensors/ins/odometry.h"

namespace oddroad::pipeline {

struct RigImu {
  std::string name;
  math::Pose T_ego_imu;
  ins::ImuSettings settings;
};
struct RigGnss {
  std::string name;
  math::Pose T_ego_antenna;
  ins::GnssSettings settings;
};
struct RigNavigation {
  std::string name;
  math::Pose T_ego_ins;
  ins::NavigationSettings settings;
};
struct RigOdometry {
  std::string name;
  ins::OdometrySettings settings;
};

struct MotionSensors {
  std::vector<RigImu> imus;
  std::vector<RigGnss> gnss;
  std::vector<RigNavigation> navigations;
  std::vector<RigOdometry> odometries;

  // ego: whose wheels count.
  [[nodiscard]] capture::MotionCalibration calibration(const asset::Model& ego) const;
};

// Reads a sensor of type imu, gnss, ins or odometry; false: it is of another type.
bool add_motion_sensor(const common::SensorEntry& sensor, const core::SearchRoots& roots,
                       MotionSensors& motion, core::Diagnostics& diagnostics);
// Once all are read: an ins names a gnss of the rig, or none.
void check_motion_sensors(const common::RigFile& file, const MotionSensors& motion,
                          core::Diagnostics& diagnostics);

// Does any of them record one of these kinds? Are fixes needed for that?
bool records_motion(const MotionSensors& motion, const std::set<std::string>& kinds);
bool needs_fixes(const MotionSensors& motion, const std::set<std::string>& kinds);

}  // namespace oddroad::pipeline
