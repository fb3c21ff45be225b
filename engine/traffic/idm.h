// Car following and the worth of a lane change, as closed formulas.
// Sources: Treiber, Hennecke, Helbing, "Congested traffic states in empirical observations and
// microscopic simulations", 2000 (IDM); Treiber, Kesting, "Traffic Flow Dynamics", 2013, 11.3.7
// (free term above the desired speed, so that a lower limit does not mean emergency braking);
// Kesting, Treiber, Helbing, "General lane-changing model MOBIL", 2007.
#pragma once

#include <limits>

namespace oddroad::traffic {

struct Idm {
  double headway_s = 1.3;
  double standstill_gap_m = 2.0;
  double acceleration_mps2 = 1.4;
  double braking_mps2 = 2.0;  // comfortable
};

// Speed v, desired v0: a [1 - (v/v0)^4] up to v0, -b [1 - (v0/v)^(4 a/b)] above it.
double idm_free(const Idm& idm, double speed_mps, double desired_mps);

// s* = s0 + max(0, v T + v (v - v_leader) / (2 sqrt(a b))).
double idm_wanted_gap(const Idm& idm, double speed_mps, double leader_mps);

// Free term less a (s*/gap)^2; a gap of 0 or less counts as 1 cm. Not bounded below.
double idm_acceleration(const Idm& idm, double speed_mps, double desired_mps, double gap_m,
                        double leader_mps);

// IDM made calm (Treiber, Kesting 2013, 11.3.8, "ACC model", coolness 0.99): where IDM brakes as if
// it were an emergency because the gap is short, e.g. after a change of lane, but the leader's own
// acceleration shows none (constant-acceleration heuristic), it brakes little more than that asks.
// free_mps2 is the acceleration wished for without a leader (then IDM's a(1 - (v/v0)^4)).
double calm_idm_acceleration(const Idm& idm, double speed_mps, double free_mps2, double gap_m,
                             double leader_mps, double leader_acceleration_mps2);

// The gap kept behind a leader of equal speed v < v0: s*(v, v) / sqrt(1 - (v/v0)^4).
double idm_equilibrium_gap(const Idm& idm, double speed_mps, double desired_mps);

// What a driver and those he concerns would do before and after a change, m/s2.
struct MobilView {
  double own_now = 0, own_then = 0;
  double new_follower_now = 0, new_follower_then = 0;
  double old_follower_now = 0, old_follower_then = 0;
};
// own gain + politeness x (gains of both followers).
double mobil_incentive(const MobilView& view, double politeness);

// Constant deceleration that brings the speed down to the leader's within the gap (0 if slower);
// infinite for no gap.
double braking_needed(double speed_mps, double leader_mps, double gap_m);
// v^2 / (2 mu g).
double braking_distance(double speed_mps, double friction);

inline constexpr double kGravity_mps2 = 9.81;
inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();
inline constexpr double kNoLeader_m = kUnbounded;

}  // namespace oddroad::traffic
