// Town streets that differ: each side is cut into stretches of 55 to 170 m, and each stretch draws
// what it is, how far its houses stand back, what closes its gardens off, and whether trees stand
// in a row. Everything is keyed by (seed, road, lane section, side).
#pragma once

#include <string>

#include "engine/stage/kerbside.h"
#include "engine/stage/open_ground.h"

namespace oddroad::stage {

// The stretches of one side, end to end from 0 to its length.
std::vector<Stretch> cut_stretches(double length_m, const StreetStyle& style, bool has_wires,
                                   core::RandomStream& random);

class TownStreet {
 public:
  TownStreet(Placer& placer, Buildings& buildings, Plants& plants, Furniture& furniture,
             const StreetStyle& style);

  void dress(const Run& run, bool left, const Roadside& side, const std::string& road);

 private:
  void fill(const Roadside& side, const Stretch& stretch, core::RandomStream& random);

  Placer& to_;
  Plants& plants_;
  Furniture& furniture_;
  const StreetStyle& style_;
  StreetHouses houses_;
  OpenGround ground_;
};

}  // namespace oddroad::stage
