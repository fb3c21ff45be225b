#include "engine/sim/longitudinal.h"

#include <algorithm>
#include <cmath>

namespace oddroad::sim {

double idm_acceleration(const IdmParameters& idm, double v, double v0, const Leader& leader) {
  const double ratio = v0 > 0 ? v / v0 : (v > 0 ? 10.0 : 1.0);
  double a = idm.acceleration_mps2 * (1 - std::pow(ratio, 4));
  if (std::isfinite(leader.gap_m)) {
    const double root = 2 * std::sqrt(idm.acceleration_mps2 * idm.comfortable_braking_mps2);
    const double wanted =
        idm.standstill_gap_m + std::max(0.0, v * idm.headway_s + v * (v - leader.speed_mps) / root);
    const double gap = std::max(leader.gap_m, 0.01);
    a -= idm.acceleration_mps2 * (wanted / gap) * (wanted / gap);
  }
  return a;
}

double idm_equilibrium_gap(const IdmParameters& idm, double v, double v0) {
  return (idm.standstill_gap_m + v * idm.headway_s) / std::sqrt(1 - std::pow(v / v0, 4));
}

SpeedStep advance(double v, double a, double dt, double limit) {
  const double goal = a < 0 ? 0.0 : std::max(limit, v);
  if (a == 0 || (a > 0 && v >= limit)) return {v, v * dt};
  const double time_to_goal = (goal - v) / a;
  if (time_to_goal >= dt) return {v + a * dt, v * dt + 0.5 * a * dt * dt};
  return {goal, 0.5 * (v + goal) * time_to_goal + goal * (dt - time_to_goal)};
}

double distance_from_rest(double a, double speed, double time) {
  const double ramp = speed / a;
  if (time <= ramp) return 0.5 * a * time * time;
  return speed * time - 0.5 * speed * ramp;
}

double time_from_rest(double a, double speed, double distance) {
  const double ramp = speed / a;
  const double along_ramp = 0.5 * speed * ramp;
  if (distance <= along_ramp) return std::sqrt(2 * distance / a);
  return ramp + (distance - along_ramp) / speed;
}

double acceleration_to_cover(double distance, double time, double speed, double max_accel) {
  // Still accelerating when there: d = a t^2 / 2. Else: d = v t - v^2 / (2 a).
  const double a = 2 * distance / (time * time) * time <= speed
                       ? 2 * distance / (time * time)
                       : (speed * time > distance ? speed * speed / (2 * (speed * time - distance))
                                                  : std::numeric_limits<double>::infinity());
  return a <= max_accel ? a : -1;
}

}  // namespace oddroad::sim
