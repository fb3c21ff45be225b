// Sideways motion of wheeled things: the kinematic bicycle (rear axle origin) and pure pursuit.
#pragma once

#include "engine/math/affine.h"

namespace oddroad::sim {

struct SteeringParameters {
  double wheelbase_m = 2.6;
  double max_steer_rad = 0.55;
  double max_steer_rate_rps = 0.4;
};

// Look-ahead distance of pure pursuit: clamp(2 + 0.5 v, 3, 20 m).
double look_ahead_m(double speed_mps);

// delta = atan(2 L sin(alpha) / l): the circle through the rear axle, tangent to the heading, that
// meets the target. Target in world coordinates.
double pure_pursuit_steer(const SteeringParameters& car, const math::Vec2d& rear_axle,
                          double yaw_rad, const math::Vec2d& target);

// Moves the steering angle towards a wanted one within its rate and end stops.
double turn_wheel(const SteeringParameters& car, double steer_rad, double wanted_rad, double dt_s);

struct PlanarPose {
  math::Vec2d position{0};
  double yaw_rad = 0;
};
// Exact motion along an arc (or line): psi' = v tan(delta) / L over `distance_m`.
PlanarPose drive_arc(const PlanarPose& from, double steer_rad, double wheelbase_m,
                     double distance_m);

// Smooth step 0 to 1 with zero first and second derivative at both ends: 10u^3 - 15u^4 + 6u^5.
double quintic(double u);
// Time for a quintic sideways move so that its peak acceleration (5.774 d / T^2) stays in bounds.
double quintic_time_s(double distance_m, double max_lateral_accel_mps2, double min_time_s);

}  // namespace oddroad::sim
