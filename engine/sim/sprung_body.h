// The body on its springs: pitch, roll and heave as damped oscillators, driven by the vehicle's
// accelerations. Frequencies of 1.2-1.8 Hz, damping ratios of 0.3-0.5, dive of 2-4 degrees per g
// and roll of 3-5 degrees per g are what passenger cars show (Gillespie, Fundamentals of Vehicle
// Dynamics, 1992).
#pragma once

#include "engine/math/affine.h"

namespace oddroad::sim {

struct SpringParameters {
  double pitch_hz = 1.5;
  double roll_hz = 1.6;
  double heave_hz = 1.3;
  double damping = 0.4;
  double dive_rad_per_g = 0.044;
  double roll_rad_per_g = 0.07;
  double pivot_x_m = 1.3;  // about which it turns: forward of the rear axle, above the road
  double pivot_z_m = 0.2;
};

// x'' = w^2 (wanted - x) - 2 z w x', stepped exactly for a constant `wanted`.
struct Oscillator {
  double value = 0;
  double rate = 0;
  void step(double wanted, double hz, double damping, double dt_s);
};

class SprungBody {
 public:
  explicit SprungBody(const SpringParameters& springs = {}) : springs_(springs) {}

  // Accelerations of the vehicle along its own axes: forward, left, up (the road's own rise).
  void step(const math::Vec3d& acceleration_mps2, double dt_s);
  // Pose of the sprung body in the frame that follows the road: braking lowers the nose, a left
  // turn lowers the right side.
  [[nodiscard]] math::Pose pose() const;
  [[nodiscard]] double pitch_rad() const { return pitch_.value; }  // + = nose down
  [[nodiscard]] double roll_rad() const { return roll_.value; }    // + = left side up

 private:
  SpringParameters springs_;
  Oscillator pitch_;
  Oscillator roll_;
  Oscillator heave_;
};

}  // namespace oddroad::sim
