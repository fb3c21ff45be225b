#include "engine/traffic/idm.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {

double idm_free(const Idm& idm, double v, double v0) {
  if (v <= v0) {
    if (v0 <= 0) return 0;
    const double ratio = v / v0 * (v / v0);
    return idm.acceleration_mps2 * (1 - ratio * ratio);
  }
  if (v0 <= 0) return -idm.braking_mps2;
  const double power = 4 * idm.acceleration_mps2 / idm.braking_mps2;
  return -idm.braking_mps2 * (1 - std::pow(v0 / v, power));
}

double idm_wanted_gap(const Idm& idm, double v, double leader) {
  const double root = 2 * std::sqrt(idm.acceleration_mps2 * idm.braking_mps2);
  return idm.standstill_gap_m + std::max(0.0, v * idm.headway_s + v * (v - leader) / root);
}

double idm_acceleration(const Idm& idm, double v, double v0, double gap, double leader) {
  const double free = idm_free(idm, v, v0);
  if (!std::isfinite(gap)) return free;
  const double ratio = idm_wanted_gap(idm, v, leader) / std::max(gap, 0.01);
  return free - idm.acceleration_mps2 * ratio * ratio;
}

double calm_idm_acceleration(const Idm& idm, double v, double free, double gap, double leader,
                             double leader_acceleration) {
  constexpr double kCoolness = 0.99;
  gap = std::max(gap, 0.01);
  const double ratio = idm_wanted_gap(idm, v, leader) / gap;
  const double a = idm.acceleration_mps2;
  const double plain =
      free >= 0 ? free - a * ratio * ratio : std::min(free, a * (1 - ratio * ratio));
  const double theirs = std::min(leader_acceleration, a);
  double heuristic;
  if (leader * (v - leader) <= -2 * gap * theirs) {  // the leader will have stopped
    const double denominator = leader * leader - 2 * gap * theirs;
    heuristic = denominator > 0 ? v * v * theirs / denominator : theirs;
  } else {
    const double closing = std::max(0.0, v - leader);
    heuristic = theirs - closing * closing / (2 * gap);
  }
  if (plain >= heuristic) return plain;
  const double b = idm.braking_mps2;
  return (1 - kCoolness) * plain + kCoolness * (heuristic + b * std::tanh((plain - heuristic) / b));
}

double idm_equilibrium_gap(const Idm& idm, double v, double v0) {
  return idm_wanted_gap(idm, v, v) / std::sqrt(1 - std::pow(v / v0, 4));
}

double mobil_incentive(const MobilView& view, double politeness) {
  return view.own_then - view.own_now +
         politeness * (view.new_follower_then - view.new_follower_now + view.old_follower_then -
                       view.old_follower_now);
}

double braking_needed(double v, double leader, double gap) {
  if (v <= leader) return 0;
  if (gap <= 0) return std::numeric_limits<double>::infinity();
  // Relative motion if the leader keeps its speed; if it brakes as hard, the distances of both.
  return (v - leader) * (v - leader) / (2 * gap);
}

double braking_distance(double v, double friction) {
  return v * v / (2 * friction * kGravity_mps2);
}

}  // namespace oddroad::traffic
