// Moves loose things: carried by a vehicle until they are dropped, then rigid bodies.
// Verbs: drop (off what carries it, or from where it is), roll, slide, throw.
#pragma once

#include <string>

#include "engine/sim/ground.h"
#include "engine/sim/mover.h"
#include "engine/sim/rigid_body.h"

namespace oddroad::sim {

class LooseMover : public Mover {
 public:
  // `carrier` empty: stands where it was put until told to move or until a vehicle hits it.
  // Borrows the ground. wind: where the air moves to.
  LooseMover(const RigidShape& shape, const Ground& ground, std::string carrier,
             const math::Vec2d& wind_mps);

  [[nodiscard]] std::string cannot(const scenario::Action& action) const override;
  std::string start(const scenario::Action& action, const Bodies& bodies, Body& self) override;
  [[nodiscard]] bool finished() const override { return !free_ || state_.asleep; }
  void step(const Bodies& bodies, double dt_s, Body& self) override;
  void follow(const Bodies& now, double dt_s, Body& self) override;

 private:
  void let_go(const Body* carrier, const Body& self);
  [[nodiscard]] math::Vec3d launch_velocity(const scenario::Action& action, const Body* carrier,
                                            const Body& self) const;
  [[nodiscard]] double speed_to_clear(const Body& carrier, const Body& self,
                                      const math::Vec2d& direction) const;
  [[nodiscard]] Support support(const Bodies& bodies, Body& self);
  void meet_vehicles(const Bodies& bodies, double dt, const Body& self);
  void lie(Body& self) const;
  void write_back(Body& self) const;

  RigidShape shape_;
  const Ground& ground_;
  math::Vec3d wind_mps_;
  std::string carrier_;       // whose deck it lies on
  double deck_height_m_ = 0;  // above the carrier's origin
  math::Pose T_carrier_self_;
  bool tied_ = false;  // carried along
  bool free_ = false;  // a rigid body of its own
  RigidState state_;
};

// What a hit by a vehicle does to a loose thing: the vehicle is a box that nothing stops. False if
// they do not touch, or the thing passes underneath: it is so low, or it rises where it has got to
// already. `dt_s`: since they were looked at last.
bool hit_by(const Body& vehicle, const Body& thing, const RigidShape& shape, double dt_s,
            RigidState& state);

}  // namespace oddroad::sim
