// Drives what has wheels and an engine or pedals: IDM or constant speed along the track, pure
// pursuit across it, bicycle dynamics on tyres with limited grip, a body on springs.
// Verbs: go, stop, brake, keep, reverse (speed); change_lane, overtake, offset, swerve, turn, route
// (way); open_door, lights; meet (two wheels: cross so as to be met, meeting.h); fall (two wheels)
// and spin, after which nobody is in control any more. A new verb replaces the one before it on its
// own channel only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/sim/friction.h"
#include "engine/sim/mover.h"
#include "engine/sim/offset_plan.h"
#include "engine/sim/vehicle_parameters.h"
#include "engine/sim/wobble.h"

namespace oddroad::sim {

// The line that a route leads along, and the first of its words that the map cannot follow.
struct RouteTrack {
  std::shared_ptr<const Track> track;  // null if there is no lane here
  std::string missed;
};

// What a driver asks about the road. `grip` is borrowed.
struct Roadside {
  // The line of the lane beside: by the body's place, and "left" or "right". Null if none.
  std::function<std::shared_ptr<const Track>(const Body& body, const std::string& side)> neighbour;
  std::function<RouteTrack(const Body& body, const std::vector<std::string>& route)> route;
  const GripMap* grip = nullptr;
  double overtaking_side = 1;  // +1: left
};

class VehicleMover : public Mover {
 public:
  VehicleMover(const VehicleParameters& parameters, const scenario::Drive& drive,
               double lateral_offset_m, Roadside roadside, const Wobble& wobble);

  [[nodiscard]] std::string cannot(const scenario::Action& action) const override;
  [[nodiscard]] bool is_due(const scenario::Action& action, const Bodies& bodies,
                            const Body& self) const override;
  std::string start(const scenario::Action& action, const Bodies& bodies, Body& self) override;
  [[nodiscard]] bool finished() const override;
  void step(const Bodies& bodies, double dt_s, Body& self) override;

 private:
  enum class Mode { kCruise, kGo, kStop, kBrake, kKeep, kReverse, kMeet, kFall, kSpin };
  struct LaneChange {
    std::shared_ptr<const Track> to;
    double elapsed_s = 0;
    double duration_s = 4;
    double side = 0;  // +1: to the left
  };
  struct Overtaking {
    std::string past;
    double gap_m = 8;
    double back_to_m = 0;
    double within_s = 3;
    double speed_after_mps = 0;
    bool returning = false;
  };

  // --- verbs (vehicle_verbs.cpp) ---
  void start_speed(const scenario::Action& action, const Body& self);
  std::string start_lane_change(const scenario::Action& action, const Body& self);
  std::string start_overtaking(const scenario::Action& action, const Bodies& bodies,
                               const Body& self);
  std::string start_route(const scenario::Action& action, Body& self);
  void start_offset(const scenario::Action& action, const Body& self);
  void start_lights(const scenario::Action& action, Body& self);
  void start_door(const scenario::Action& action, const Body& self);
  std::string start_meeting(const scenario::Action& action, const Bodies& bodies, Body& self);

  // --- no longer in control (vehicle_mishaps.cpp) ---
  [[nodiscard]] bool is_lost() const { return mode_ == Mode::kFall || mode_ == Mode::kSpin; }
  void start_fall(const scenario::Action& action);
  void start_spin(const scenario::Action& action, const Body& self);
  void tip_over(double dt_s, Body& self);
  void step_spin(double dt_s, Body& self);

  // --- speed (vehicle_speed.cpp) ---
  [[nodiscard]] double wanted_acceleration(const Bodies& bodies, const Body& self) const;
  [[nodiscard]] double reaction(const Bodies& bodies, const Body& self) const;
  [[nodiscard]] double keep_distance(const Bodies& bodies, const Body& self) const;
  [[nodiscard]] double bend_speed_mps(const Body& self) const;
  [[nodiscard]] double within_grip(double wanted_mps2, const Body& self) const;
  [[nodiscard]] double eased(double wanted_mps2, double dt_s, const Body& self) const;
  [[nodiscard]] double end_speed_mps() const;
  SpeedStep change_speed(const Bodies& bodies, double dt_s, Body& self);
  SpeedStep ride_to_meeting(double dt_s, Body& self) const;
  void settle_mode(double dt_s, Body& self);

  // --- way (vehicle_way.cpp) ---
  [[nodiscard]] math::Vec2d target_point(const Body& self, double ahead_m) const;
  [[nodiscard]] double wobble_m(double speed_mps, double ahead_m) const;
  [[nodiscard]] double ahead_m(double speed_mps) const;
  [[nodiscard]] double wanted_steer(const Body& self) const;
  [[nodiscard]] double offset_in(double time_s) const;
  void move(const SpeedStep& moved, double dt_s, Body& self);
  void settle_way(const Bodies& bodies, double dt_s, Body& self);
  void settle_overtaking(const Bodies& bodies, Body& self);

  void settle_pose(double dt_s, Body& self);
  void settle_lamps(Body& self) const;

  VehicleParameters parameters_;
  scenario::Drive drive_;
  Roadside roadside_;
  Wobble wobble_;
  double time_s_ = 0;
  double friction_ = 0.85;  // under the vehicle, at its speed

  Mode mode_ = Mode::kCruise;
  double goal_mps_ = 0;      // kGo, kBrake, kReverse
  double effort_mps2_ = 0;   // as asked, before grip
  double pedals_mps2_ = 0;   // brake and throttle as they have built up
  bool standing_ = false;    // kStop: has come to a stand
  double remaining_s_ = 0;   // kStop: time still to stand; kBrake: to brake
  double remaining_m_ = -1;  // kReverse: way still to go, < 0: no end
  double tilt_rad_ = 0;      // kFall: on top of the lean, + to the right
  double tilt_goal_rad_ = 0;
  double tilt_s_ = 0;  // since the fall began
  double tilt_within_s_ = 1;
  math::Vec2d course_{1, 0};  // kSpin: where it slides
  double spin_rps_ = 0;       // at its start
  double spin_from_mps_ = 1;  // the speed then
  std::string kept_;          // kKeep
  double keep_gap_m_ = 0;
  double keep_headway_s_ = 0;
  double bend_speed_mps_ = std::numeric_limits<double>::infinity();
  int steps_to_look_ = 0;

  OffsetPlan plan_;  // sideways place in the lane
  double plan_elapsed_s_ = 0;
  std::optional<LaneChange> change_;
  std::optional<Overtaking> overtaking_;

  std::optional<SprungBody> sprung_;
  double slope_ = 0;
  bool own_indicators_ = false;  // set by the scenario: no longer by what the vehicle does
  double door_goal_rad_ = 0;
  double door_rate_rps_ = 1;
  bool door_moves_ = false;
};

// Puts the body on its track's surface: pose, height, pitch from both axles, bank.
void settle_on_track(Body& body);

}  // namespace oddroad::sim
