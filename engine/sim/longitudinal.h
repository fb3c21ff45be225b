// Speed along a line: the intelligent driver model and exact steps of constant acceleration.
#pragma once

#include <limits>

namespace oddroad::sim {

// Treiber, Hennecke, Helbing 2000. Defaults: a car in town.
struct IdmParameters {
  double headway_s = 1.3;
  double standstill_gap_m = 2.0;
  double acceleration_mps2 = 1.4;
  double comfortable_braking_mps2 = 2.0;
};

// What drives ahead. An infinite gap means nobody.
struct Leader {
  double gap_m = std::numeric_limits<double>::infinity();
  double speed_mps = 0;
};

// a [1 - (v/v0)^4 - (s*/s)^2], s* = s0 + max(0, v T + v dv / (2 sqrt(a b))).
double idm_acceleration(const IdmParameters& idm, double speed_mps, double desired_mps,
                        const Leader& leader);

// The gap that IDM keeps behind a leader of equal speed v < v0.
double idm_equilibrium_gap(const IdmParameters& idm, double speed_mps, double desired_mps);

// One step of constant acceleration that does not pass the limit speed (and stops dead at 0).
struct SpeedStep {
  double speed_mps = 0;  // at the end of the step
  double distance_m = 0;
};
SpeedStep advance(double speed_mps, double accel_mps2, double dt_s,
                  double limit_mps = std::numeric_limits<double>::infinity());

// Distance covered in `time_s` from standing start with constant acceleration up to a speed.
double distance_from_rest(double accel_mps2, double speed_mps, double time_s);

// How long that takes: the inverse of distance_from_rest.
double time_from_rest(double accel_mps2, double speed_mps, double distance_m);

// The acceleration with which `distance_m` takes exactly `time_s` from rest, capped at
// speed_mps: negative if even max_accel_mps2 is too slow.
double acceleration_to_cover(double distance_m, double time_s, double speed_mps,
                             double max_accel_mps2);

}  // namespace oddroad::sim
