// Walks and runs people. Verbs: walk, run (across a lane, or straight on), go (as walk), stop.
//
// A crossing is a straight line square to the lane that is crossed. With `aim`, the acceleration is
// chosen (up to the action's, from rest) so that the person is at the aimed point of the other's
// front when that front, at its present speed, reaches the crossing line.
#pragma once

#include <optional>

#include "engine/sim/ground.h"
#include "engine/sim/mover.h"

namespace oddroad::sim {

inline constexpr double kTurnRate_rps = 3.0;

// Defaults of what an action leaves open.
double person_speed_mps(const scenario::Action& action, double height_m);
double person_accel_mps2(const scenario::Action& action);

// The line on which a person at `from` crosses the lane of `whom`.
Crossing make_crossing(const math::Vec2d& from, const Body& whom, std::size_t whom_index);
// Sideways place, on the track of `whom`, of the aimed point of its front for somebody who comes
// from the given side (+1 left, -1 right). aim counts from that side.
double aimed_lateral_m(const Body& whom, double aim, int side);

class PersonMover : public Mover {
 public:
  // end_of_crossing_m: along self.crossing, where the far pavement is reached (0 without one).
  // Borrows the ground.
  PersonMover(const Ground& ground, double end_of_crossing_m, double phase_offset);

  [[nodiscard]] std::string cannot(const scenario::Action& action) const override;
  std::string start(const scenario::Action& action, const Bodies& bodies, Body& self) override;
  [[nodiscard]] bool finished() const override { return !moving_ || arrived_; }
  void step(const Bodies& bodies, double dt_s, Body& self) override;

 private:
  std::string start_crossing(const scenario::Action& action, const Bodies& bodies, Body& self);
  void turn(double dt_s, Body& self) const;
  void follow_ground(double dt_s, Body& self);
  void update_gait(double distance_m, double dt_s, Body& self) const;

  const Ground& ground_;
  double end_of_crossing_m_ = 0;
  double phase_offset_ = 0;
  bool moving_ = false;  // a verb other than stop is under way
  bool arrived_ = false;
  bool crossing_ = false;
  math::Vec2d direction_{1, 0};
  double goal_mps_ = 0;
  double accel_mps2_ = 1;
  double braking_mps2_ = 3;
  double along_m_ = 0;       // since the action started
  double remaining_s_ = -1;  // of an action with a duration; < 0: no limit
};

}  // namespace oddroad::sim
