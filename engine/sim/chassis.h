// Sideways motion of a four-wheeled vehicle: the dynamic bicycle with linear tyres inside a
// friction circle, blended to the kinematic bicycle at walking pace, where slip angles lose their
// meaning.
//
// Per axle |F_y| = C |alpha| F_z mu, at most sqrt((mu F_z)^2 - F_x^2); wheel loads move by
// m a h / L (Althoff et al., CommonRoad vehicle models, 2017; Rajamani, Vehicle Dynamics and
// Control, 2012). Masses cancel: forces are per unit of mass, the yaw inertia is l_f l_r per unit
// of mass. Brake force distribution and stability control (in every new car) keep it from spinning.
// Reference point: the middle of the rear axle.
#pragma once

#include "engine/sim/steering.h"

namespace oddroad::sim {

struct ChassisParameters {
  double wheelbase_m = 2.6;
  double rear_to_centre_m = 1.4;  // from the rear axle forward to the centre of mass
  double centre_height_m = 0.55;
  double front_stiffness_1prad = 16;  // C: per unit of load; below the rear's: understeers
  double rear_stiffness_1prad = 20;
};

struct ChassisMotion {
  PlanarPose at;        // rear axle
  double slip_mps = 0;  // its sideways velocity, + left
  double yaw_rate_rps = 0;
};

// What acts over a step.
struct ChassisInput {
  double speed_mps = 0;   // along the body's x axis, mean over the step
  double distance_m = 0;  // along it
  double accel_mps2 = 0;
  double steer_rad = 0;
  double friction = 0.85;
};

inline constexpr double kKinematicBelow_mps = 3;  // kinematic alone; dynamic alone from 5 m/s on
inline constexpr double kDynamicAbove_mps = 5;

// One step, in sub-steps of at most 5 ms, semi-implicit.
ChassisMotion drive(const ChassisParameters& chassis, const ChassisMotion& from,
                    const ChassisInput& input, double dt_s);

// Steering angle that holds a curvature (1/m, of the rear axle's path) in steady state inside the
// linear range: atan(L kappa) + a_y / (g mu) (1 / C_f - 1 / C_r).
double steady_steer_rad(const ChassisParameters& chassis, double curvature_1pm, double speed_mps,
                        double friction);
// The slip and yaw rate of that state.
ChassisMotion steady_motion(const ChassisParameters& chassis, const PlanarPose& at,
                            double curvature_1pm, double speed_mps, double friction);

}  // namespace oddroad::sim
