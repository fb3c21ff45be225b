// Tyre-road friction from rain, ice and speed, with patches of their own.
#pragma once

#include <optional>
#include <vector>

#include "engine/sim/outline.h"

namespace oddroad::sim {

inline constexpr double kGravity_mps2 = 9.81;

// Depth of the water film above the texture on a drained lane: d = 0.046 sqrt(L I) / S^0.2 (mm;
// drainage length L in m, rain I in mm/h, slope S; Russam and Ross 1968), for half of a 7 m
// carriageway with 2.5 % crossfall.
double water_film_mm(double rain_mm_per_h);

// Friction coefficient of a new tyre, from the Bosch Automotive Handbook's table (dry, 0.2, 1 and
// 2 mm of water at 50, 90 and 130 km/h), linear between its entries and constant outside.
double friction_coefficient(double speed_mps, double film_mm);

// Ice: 0.05-0.15 in the same table's class; it hardly depends on speed.
inline constexpr double kIceFriction = 0.1;
// Rolled snow: 0.2-0.35 for winter tyres (Wallman and Astrom, VTI meddelande 911A, 2001: friction
// of packed snow).
inline constexpr double kSnowFriction = 0.28;

// What covers the road. `ice` and `snow` are shares of the contact patch on either, ice first;
// `fixed` overrules film, ice, snow and speed.
struct RoadCover {
  double film_mm = 0;
  double ice = 0;
  std::optional<double> fixed;
  double snow = 0;
};
double friction_coefficient(const RoadCover& cover, double speed_mps);

// The friction of a place: that of the road, or of the last patch that covers it.
class GripMap {
 public:
  explicit GripMap(const RoadCover& road = {}) : road_(road) {}
  void add_patch(const Outline& where, double friction) { patches_.push_back({where, friction}); }
  [[nodiscard]] double at(const math::Vec2d& p, double speed_mps) const;

 private:
  struct Patch {
    Outline where;
    double friction = 0;
  };
  RoadCover road_;
  std::vector<Patch> patches_;
};

}  // namespace oddroad::sim
