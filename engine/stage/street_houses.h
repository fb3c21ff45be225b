// The houses of one town: a few models of one taste, and how they stand in rows or on their own.
#pragma once

#include "engine/stage/boundary.h"
#include "engine/stage/buildings.h"
#include "engine/stage/paving.h"
#include "engine/stage/street_style.h"

namespace oddroad::stage {

// One stretch of one side of a street, as it was drawn.
struct Stretch {
  StreetKind kind = StreetKind::kRows;
  double from_m = 0, to_m = 0;
  double setback_m = 4;
  bool tree_row = false;
  double tree_step_m = 12, tree_offset_m = 1.5;
  BoundaryLine boundary;
};

class StreetHouses {
 public:
  StreetHouses(Placer& placer, Buildings& buildings, Plants& plants, const StreetStyle& style);

  void rows(const Roadside& side, const Stretch& stretch, core::RandomStream& random);
  void shops(const Roadside& side, const Stretch& stretch, core::RandomStream& random);
  void villas(const Roadside& side, const Stretch& stretch, core::RandomStream& random);
  void flats(const Roadside& side, const Stretch& stretch, core::RandomStream& random);
  // What rises behind open ground, `setback_m` away.
  void backdrop(const Roadside& side, const Stretch& stretch, double setback_m,
                core::RandomStream& random);

 private:
  // One row from `d_m` on, as long as it is free, at most to `to_m`: where it ends.
  double row(const Roadside& side, double d_m, double to_m, double setback_m, double front_m,
             const std::vector<Variant>& kinds, core::RandomStream& random);
  void garden(const Roadside& side, const Stretch& stretch, double d_m, double width_m,
              core::RandomStream& random);

  Placer& to_;
  Buildings& buildings_;
  Plants& plants_;
  std::vector<Variant> rows_, shops_, villas_, flats_;
};

}  // namespace oddroad::stage
