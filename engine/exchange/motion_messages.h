// Samples of motion sensors as messages (foxglove_schemas.h), serialised: what was measured.
#pragma once

#include <string>

#include "engine/capture/ins.h"
#include "engine/capture/motion_calibration.h"
#include "engine/exchange/foxglove_messages.h"

namespace oddroad::exchange::foxglove {

// ros.sensor_msgs.Imu: specific force and turning in the sensor's axes; without an orientation.
std::string imu(const Head& head, const capture::ImuSample& sample);

// LocationFix, degrees. Only of what has a place on earth.
bool has_place(const capture::GnssFix& fix);
std::string location_fix(const Head& head, const capture::GnssFix& fix);

// Odometry: the pose of `child` in the head's frame, velocities in the child's axes.
std::string navigation(const Head& head, const capture::NavigationCalibration& child,
                       const capture::NavigationSample& sample);

// ros.sensor_msgs.JointState: turns of the wheels and the steering, radians.
std::string wheels(const Head& head, const capture::OdometryCalibration& wheels,
                   const capture::OdometrySample& sample);
// ros.geometry_msgs.TwistStamped: speed along x. Nothing else is measured: 0.
std::string speed(const Head& head, const capture::OdometrySample& sample);

}  // namespace oddroad::exchange::foxglove
