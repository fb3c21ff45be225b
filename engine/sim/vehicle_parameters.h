// What vehicles of a kind can do.
#pragma once

#include <limits>
#include <optional>
#include <string>

#include "engine/sim/chassis.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/sprung_body.h"

namespace oddroad::sim {

struct VehicleParameters {
  SteeringParameters steering;
  IdmParameters idm;
  double max_acceleration_mps2 = 2.6;
  // How fast brake and throttle build up and ease off (UN R157's human model: 12.65 m/s3).
  double max_jerk_mps3 = 12.65;
  double bend_accel_mps2 = 2.5;              // sideways, that an IDM driver slows down for
  double brake_lamps_mps2 = 1.0;             // braking harder than this lights the brake lamps
  bool leans = false;                        // two wheels: lean = atan(v^2 kappa / g) into the bend
  bool wobbles = false;                      // ridden by muscle: sways at low speed
  std::optional<ChassisParameters> chassis;  // four wheels and more; else kinematic
  std::optional<SpringParameters> springs;
};

// By the catalog type's first word (car, van, truck, bus, motorcycle, bicycle, ...); others count
// as cars. IDM and limits: Treiber's and SUMO's defaults (reference values of trucks a 0.7, b 1.5,
// T 1.7 s; motorcycles accelerate with 6; bicycles 1.2, gap 0.5 m).
VehicleParameters vehicle_parameters(const std::string& type, double wheelbase_m, double height_m,
                                     double max_steer_rad);

}  // namespace oddroad::sim
