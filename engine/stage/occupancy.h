// What covers the ground around the roads, on a 0.5 m raster: keeps dressing off the carriageway
// and things out of each other.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/math/affine.h"
#include "engine/stage/profile.h"

namespace oddroad::stage {

enum Cover : std::uint8_t {
  kCoverCarriageway = 1,
  kCoverFootway = 2,
  kCoverHouse = 4,
  kCoverTree = 8,
  kCoverThing = 16,
  kCoverGreenLane = 32,  // medians and verges that belong to a road
  kCoverSignal = 64,     // lights and signs, which must be seen
};
inline constexpr std::uint8_t kCoverPaved = kCoverCarriageway | kCoverFootway;
inline constexpr std::uint8_t kCoverAnything = 0xff & ~kCoverGreenLane;

class Occupancy {
 public:
  Occupancy(const math::Vec2d& centre, double half_m);

  void add_run(const Run& run);
  void add_disc(const math::Vec2d& p, double radius_m, std::uint8_t bits);
  // A rectangle about p; `forward` is a unit vector along its length.
  void add_rectangle(const math::Vec2d& p, const math::Vec2d& forward, double length_m,
                     double width_m, std::uint8_t bits);
  [[nodiscard]] bool disc_is_free(const math::Vec2d& p, double radius_m, std::uint8_t bits) const;
  [[nodiscard]] bool rectangle_is_free(const math::Vec2d& p, const math::Vec2d& forward,
                                       double length_m, double width_m, std::uint8_t bits) const;

 private:
  [[nodiscard]] std::ptrdiff_t cell(const math::Vec2d& p) const;  // -1 outside
  void paint(const math::Vec2d& p, std::uint8_t bits);
  // True only if everything within this distance of p in x and y is free and inside.
  [[nodiscard]] bool all_free(const math::Vec2d& p, double reach_m, std::uint8_t bits) const;

  math::Vec2d lower_;
  int side_ = 0;
  std::vector<std::uint8_t> cells_;
  int blocks_side_ = 0;
  std::vector<std::uint8_t> blocks_;  // what any cell of a square of cells has
};

}  // namespace oddroad::stage
