// What calibration.json tells of motion sensors.
#pragma once

#include "engine/capture/motion_calibration.h"
#include "sensors/ins/gnss_model.h"
#include "sensors/ins/imu.h"
#include "sensors/ins/navigation.h"
#include "sensors/ins/odometry.h"

namespace oddroad::ins {

capture::ImuCalibration calibration(const std::string& name, const math::Pose& T_ego_imu,
                                    const ImuSettings& settings);
capture::GnssCalibration calibration(const std::string& name, const math::Pose& T_ego_antenna,
                                     const GnssSettings& settings);
capture::NavigationCalibration calibration(const std::string& name, const math::Pose& T_ego_ins,
                                           const NavigationSettings& settings);
// ego: whose wheels count.
capture::OdometryCalibration calibration(const std::string& name, const asset::Model& ego,
                                         const OdometrySettings& settings);

}  // namespace oddroad::ins
