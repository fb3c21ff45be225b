#include "engine/sim/vehicle_parameters.h"

namespace oddroad::sim {
namespace {

bool is(const std::string& type, const char* kind) {
  return type == kind || type.starts_with(std::string(kind) + ".");
}

VehicleParameters bicycle(double wheelbase) {
  VehicleParameters p;
  p.steering = {wheelbase, 0.7, 1.5};
  p.idm = {1.0, 0.5, 1.2, 3.0};
  p.max_acceleration_mps2 = 1.2;
  p.leans = true;
  p.wobbles = true;
  return p;
}

VehicleParameters motorcycle(double wheelbase) {
  VehicleParameters p;
  p.steering = {wheelbase, 0.6, 1.2};
  p.idm = {1.1, 2.0, 2.5, 3.0};
  p.max_acceleration_mps2 = 6.0;
  p.bend_accel_mps2 = 3.5;
  p.leans = true;
  return p;
}

void make_heavy(VehicleParameters& p) {
  p.idm = {1.7, 2.0, 0.7, 1.5};
  p.max_acceleration_mps2 = 1.3;
  p.bend_accel_mps2 = 1.8;
  p.springs->pitch_hz = 1.3;
  p.springs->roll_hz = 1.2;
  p.springs->dive_rad_per_g = 0.03;
}

}  // namespace

VehicleParameters vehicle_parameters(const std::string& type, double wheelbase, double height,
                                     double max_steer) {
  if (is(type, "motorcycle") || is(type, "moped")) return motorcycle(wheelbase);
  if (is(type, "bicycle") || is(type, "scooter") || is(type, "e_scooter")) {
    VehicleParameters p = bicycle(wheelbase);
    p.wobbles = is(type, "bicycle");
    return p;
  }
  VehicleParameters p;
  p.steering = {wheelbase, max_steer > 0 ? max_steer : 0.55, 0.4};
  ChassisParameters chassis;
  chassis.wheelbase_m = wheelbase;
  chassis.rear_to_centre_m = 0.54 * wheelbase;
  chassis.centre_height_m = 0.37 * height;
  p.chassis = chassis;
  SpringParameters springs;
  springs.pivot_x_m = 0.5 * wheelbase;
  p.springs = springs;
  if (is(type, "truck") || is(type, "bus") || is(type, "tractor") || is(type, "trailer") ||
      is(type, "loader") || is(type, "tram")) {
    make_heavy(p);
  }
  return p;
}

}  // namespace oddroad::sim
