#include "engine/sim/sprung_body.h"

#include <cmath>

#include "engine/sim/friction.h"

namespace oddroad::sim {

void Oscillator::step(double wanted, double hz, double damping, double dt) {
  // Under-damped: x - wanted = e^(-zwt) (A cos(wd t) + B sin(wd t)).
  const double w = 2 * glm::pi<double>() * hz;
  const double wd = w * std::sqrt(1 - damping * damping);
  const double a = value - wanted;
  const double b = (rate + damping * w * a) / wd;
  const double fade = std::exp(-damping * w * dt);
  const double c = std::cos(wd * dt);
  const double s = std::sin(wd * dt);
  value = wanted + fade * (a * c + b * s);
  rate = fade * ((b * wd - damping * w * a) * c - (a * wd + damping * w * b) * s);
  // What nobody can see is rest: standing things keep equal bits.
  if (wanted == 0 && std::abs(value) < 1e-9 && std::abs(rate) < 1e-9) value = rate = 0;
}

void SprungBody::step(const math::Vec3d& a, double dt) {
  const double g = kGravity_mps2;
  pitch_.step(-springs_.dive_rad_per_g * a.x / g, springs_.pitch_hz, springs_.damping, dt);
  roll_.step(springs_.roll_rad_per_g * a.y / g, springs_.roll_hz, springs_.damping, dt);
  const double w = 2 * glm::pi<double>() * springs_.heave_hz;
  heave_.step(-a.z / (w * w), springs_.heave_hz, springs_.damping, dt);
}

math::Pose SprungBody::pose() const {
  if (pitch_.value == 0 && roll_.value == 0 && heave_.value == 0) return {};
  const math::Vec3d pivot(springs_.pivot_x_m, 0, springs_.pivot_z_m);
  const glm::dquat turn = math::from_yaw_pitch_roll(0, pitch_.value, roll_.value);
  return {turn, pivot - turn * pivot + math::Vec3d(0, 0, heave_.value)};
}

}  // namespace oddroad::sim
