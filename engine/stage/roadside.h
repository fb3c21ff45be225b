// Walking along one side of a run: where its edge lies and which way is out.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/stage/profile.h"

namespace oddroad::stage {

struct RoadsidePlace {
  math::Vec3d position{0};  // on the edge, world
  math::Vec2d outward{0};   // horizontal unit vector away from the road
  math::Vec2d forward{0};   // with growing s
};

// The line of profile point `point` of every station, measured from the run's start.
class Roadside {
 public:
  // left: outward is to the left of s.
  Roadside(const Run& run, std::size_t point, bool left);

  [[nodiscard]] double length_m() const { return along_.back(); }
  // distance_m is clamped to [0, length].
  [[nodiscard]] RoadsidePlace at(double distance_m) const;

 private:
  const Run* run_;
  std::size_t point_;
  double side_;
  std::vector<double> along_;
};

// Outermost profile point of paved strips on one side; points().size() if nothing is paved.
std::size_t paved_edge(const Run& run, bool left);
// Where the carriageway ends on one side (the kerb, the lip of the shoulder).
std::size_t carriageway_edge(const Run& run, bool left);

}  // namespace oddroad::stage
