// Drives cars, vans and bicycles: IDM or constant speed along the track, pure pursuit across it.
// Verbs: go (to a speed), stop, change_lane.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "engine/sim/longitudinal.h"
#include "engine/sim/mover.h"
#include "engine/sim/steering.h"

namespace oddroad::sim {

struct VehicleParameters {
  SteeringParameters steering;
  IdmParameters idm;
  double max_acceleration_mps2 = 2.6;
  double friction = 0.85;
  bool leans = false;  // two wheels: lean = atan(v^2 kappa / g) into the bend
};
VehicleParameters car_parameters(double wheelbase_m, double max_steer_rad, double friction);
VehicleParameters bicycle_parameters(double wheelbase_m, double friction);

// The line of the lane beside: by the body's place, and "left" or "right". Null if there is none.
using NeighbourTrack =
    std::function<std::shared_ptr<const Track>(const Body& body, const std::string& side)>;

class VehicleMover : public Mover {
 public:
  VehicleMover(const VehicleParameters& parameters, const scenario::Drive& drive,
               double lateral_offset_m, NeighbourTrack neighbour);

  [[nodiscard]] std::string cannot(const scenario::Action& action) const override;
  std::string start(const scenario::Action& action, const Bodies& bodies, Body& self) override;
  [[nodiscard]] bool finished() const override;
  void step(const Bodies& bodies, double dt_s, Body& self) override;

 private:
  enum class Mode { kCruise, kGo, kStop };
  struct LaneChange {
    std::shared_ptr<const Track> to;
    double elapsed_s = 0;
    double duration_s = 4;
  };

  [[nodiscard]] double acceleration(const Bodies& bodies, const Body& self) const;
  [[nodiscard]] double reaction(const Bodies& bodies, const Body& self) const;
  [[nodiscard]] Leader leader(const Track& track, double s_m, double lateral_m,
                              const Bodies& bodies, const Body& self) const;
  [[nodiscard]] math::Vec2d target_point(const Body& self) const;
  void settle_mode(double dt_s, const Body& self);
  void settle_lane_change(double dt_s, Body& self);

  VehicleParameters parameters_;
  scenario::Drive drive_;
  double offset_m_ = 0;  // kept from the lane centre
  NeighbourTrack neighbour_;
  Mode mode_ = Mode::kCruise;
  double goal_mps_ = 0;     // kGo
  double effort_mps2_ = 0;  // kGo, kStop: as asked, before friction
  bool standing_ = false;   // kStop: has come to a stand
  double remaining_s_ = 0;  // kStop: time still to stand
  std::optional<LaneChange> change_;
};

// Puts the body on its track's surface: pose, height, pitch from both axles, bank.
void settle_on_track(Body& body);

}  // namespace oddroad::sim
