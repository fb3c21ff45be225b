// Paved ground that belongs to no lane: forecourts of shops, yards, car parks. A thin sheet over
// verge and terrain, a few centimetres thick.
#pragma once

#include "engine/stage/placer.h"

namespace oddroad::stage {

// Beside a road: along its side, and beyond its edge.
struct Ground {
  double from_m = 0, to_m = 0;
  double near_m = 0, far_m = 0;
};

class Paving {
 public:
  explicit Paving(Placer& placer) : to_(placer) {}

  // Where no road is; it may run under houses.
  void add(const Roadside& side, const Ground& ground);
  // Of all that was added, as one thing.
  void place(const char* name, const char* class_name, const asset::Material& material);

  // Its height `beyond_m` behind the edge; where the verge begins it meets the footway.
  static double height(const Terrain& terrain, const RoadsidePlace& at, double beyond_m);

 private:
  void add_cell(const Roadside& side, const Ground& cell);

  Placer& to_;
  math::TriangleMesh mesh_;
};

}  // namespace oddroad::stage
