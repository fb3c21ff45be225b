// Moves animals. Verbs: walk, run (straight on, or along a path), cross (a lane), roam (about a
// place), bolt (all at once, as fast as it can), herd (keep with another one), take_off (birds),
// stop, wait, go. Kinds: what follows "animal." in the catalog type.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/random.h"
#include "engine/sim/ground.h"
#include "engine/sim/mover.h"

namespace oddroad::sim {

// Speeds of the gaits as observed (deer, horse, dog, cat: gait tables; boar, cow, birds: class
// averages).
struct AnimalKind {
  double walk_mps = 1.2;
  double trot_mps = 3.0;
  double flight_mps = 9;  // gallop, or flying
  double accel_mps2 = 4;
  double turn_rate_rps = 2.5;
  bool erratic = false;  // turns without need
  bool flies = false;
};
AnimalKind animal_kind(const std::string& type);

class AnimalMover : public Mover {
 public:
  // Borrows the ground. along_rad: the direction that `path` calls along. end_of_crossing_m: as
  // for people.
  AnimalMover(const AnimalKind& kind, const Ground& ground, const core::RandomStream& draw,
              double along_rad, double end_of_crossing_m);

  [[nodiscard]] std::string cannot(const scenario::Action& action) const override;
  std::string start(const scenario::Action& action, const Bodies& bodies, Body& self) override;
  [[nodiscard]] bool finished() const override { return task_ == Task::kStand; }
  void step(const Bodies& bodies, double dt_s, Body& self) override;

 private:
  enum class Task { kStand, kStraight, kWay, kCross, kRoam, kHerd, kWatch, kFly };

  // Where it wants to go, and how fast.
  struct Wish {
    math::Vec2d direction{0};
    double speed_mps = 0;
  };
  [[nodiscard]] Wish wish(const Bodies& bodies, const Body& self);
  [[nodiscard]] Wish wish_on_way(const Body& self);
  [[nodiscard]] Wish wish_in_herd(const Bodies& bodies, const Body& self) const;
  void stray(double dt_s);
  void move(const Wish& wish, const Bodies& bodies, double dt_s, Body& self);
  void rise(double dt_s, Body& self);
  void update_gait(double distance_m, double dt_s, Body& self) const;

  AnimalKind kind_;
  const Ground& ground_;
  core::RandomStream draw_;
  double along_rad_ = 0;
  double end_of_crossing_m_ = 0;

  Task task_ = Task::kStand;
  double goal_mps_ = 0;
  double accel_mps2_ = 4;
  double remaining_s_ = -1;
  math::Vec2d direction_{1, 0};
  std::vector<math::Vec2d> way_;  // still to go to, the last one first
  double along_m_ = 0;
  std::optional<math::Vec2d> home_;
  double roam_m_ = 10;
  std::string other_;  // herd: with whom; watch: whom it flees
  double gap_m_ = 2;
  double flee_ttc_s_ = 2;
  double climb_rad_ = 0.4;
  double phase_offset_ = 0;
  double stray_rad_ = 0;  // off the wanted direction, by whim
  double stray_to_rad_ = 0;
  double next_whim_s_ = 0;
};

}  // namespace oddroad::sim
