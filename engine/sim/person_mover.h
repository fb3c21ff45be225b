// Moves people. Verbs: walk, run (across a lane, to somebody, along a path, or straight on), cross
// (a lane), meet (cross so as to be met, meeting.h), go (as walk), wait, stop, turn_back, fall,
// lie, get_up, look_at.
//
// A crossing is a straight line square to the lane that is crossed. With `aim`, the acceleration is
// chosen (up to the action's, from rest) so that the person is at the aimed point of the other's
// front when that front, at its present speed, reaches the crossing line; such people make way for
// nobody. All others keep clear of each other and of what stands about (crowd.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/sim/ground.h"
#include "engine/sim/mover.h"

namespace oddroad::sim {

inline constexpr double kTurnRate_rps = 3.0;

// Defaults of what an action leaves open, for somebody of average pace.
double person_speed_mps(const scenario::Action& action, double height_m);
double person_accel_mps2(const scenario::Action& action);

// The line on which a person at `from` crosses the lane of `whom`.
Crossing make_crossing(const math::Vec2d& from, const Body& whom, std::size_t whom_index);
// Sideways place, on the track of `whom`, of the aimed point of its front for somebody who comes
// from the given side (+1 left, -1 right). aim counts from that side.
double aimed_lateral_m(const Body& whom, double aim, int side);

struct PersonTraits {
  std::string type;                     // catalog type
  double phase_offset = 0;              // of the gait, so that no two walk in step
  double pace = 0;                      // how much faster than the mean of its kind, in deviations
  double along_rad = 0;                 // direction that `path` calls along
  std::vector<math::Vec2d> crosswalks;  // middles of those on the map, if it is told to use one
};

class PersonMover : public Mover {
 public:
  // end_of_crossing_m: along self.crossing, where the far pavement is reached (0 without one).
  // Borrows the ground.
  PersonMover(const Ground& ground, double end_of_crossing_m, const PersonTraits& traits);

  [[nodiscard]] std::string cannot(const scenario::Action& action) const override;
  [[nodiscard]] bool is_due(const scenario::Action& action, const Bodies& bodies,
                            const Body& self) const override;
  std::string start(const scenario::Action& action, const Bodies& bodies, Body& self) override;
  [[nodiscard]] bool finished() const override;
  void step(const Bodies& bodies, double dt_s, Body& self) override;

 private:
  std::string start_crossing(const scenario::Action& action, const Bodies& bodies, Body& self);
  std::string start_turning_back(const scenario::Action& action);
  std::string start_for_crosswalk(const scenario::Action& action, const Bodies& bodies, Body& self);
  void start_way(const scenario::Action& action, const Bodies& bodies, const Body& self);
  void start_resting(const scenario::Action& action, Body& self);
  [[nodiscard]] double own_speed_mps(const scenario::Action& action, double height_m) const;

  void go_back(Body& self);
  void follow_way(const Body& self);
  [[nodiscard]] double room_m(const Body& self) const;
  [[nodiscard]] double acceleration(double room_m) const;
  void make_way(const Bodies& bodies, double dt_s, const Body& self);
  void turn(double dt_s, Body& self) const;
  void follow_ground(double dt_s, Body& self);
  void update_gait(double distance_m, double dt_s, Body& self) const;
  void update_rest(double dt_s, Body& self);
  void update_look(const Bodies& bodies, double dt_s, Body& self);

  const Ground& ground_;
  double end_of_crossing_m_ = 0;
  PersonTraits traits_;
  std::optional<math::Vec2d> home_;  // where it was put
  bool moving_ = false;              // a verb other than stop is under way
  bool arrived_ = false;
  bool crossing_ = false;
  bool heeds_others_ = true;
  bool eager_ = false;  // accelerates as told; else approaches its speed within half a second
  math::Vec2d direction_{1, 0};
  std::vector<math::Vec2d> way_;          // still to go to, the last one first
  std::optional<scenario::Action> then_;  // once the end of the way is reached
  double speed_mps_ = 0;                  // along direction_
  math::Vec2d aside_mps_{0};              // on top of that, to make way
  double goal_mps_ = 0;
  double accel_mps2_ = 1;
  double braking_mps2_ = 3;
  double along_m_ = 0;        // since the action started
  double remaining_s_ = -1;   // of an action with a duration; < 0: no limit
  double turn_back_at_ = -1;  // share of the crossing; < 0: goes on
  double turn_back_mps_ = 0;
  double rest_goal_ = 0;
  double rest_rate_1ps_ = 1;
  std::string looks_at_;
  double look_s_ = 0;
};

}  // namespace oddroad::sim
