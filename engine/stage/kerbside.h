// What stands on and behind footways: street lamps, benches, bins, cabinets, bus stops.
#pragma once

#include "engine/stage/placer.h"

namespace oddroad::stage {

// How a street is lit. On wide roads lamps stand on both sides, offset by half a step.
struct LampPlan {
  double spacing_m = 30;
  double height_m = 8;
  double arm_m = 1.5;
  std::uint64_t seed = 0;  // of the lamp: the colour of its light
  bool on_left = true;     // where they stand on one side only
};
void add_lamps(Placer& to, const Run& run, bool left, const LampPlan& plan);

// What stands behind the footway, `spacing_m` apart at the least, and a bus stop on it.
class Furniture {
 public:
  explicit Furniture(Placer& placer);
  void add(const Run& run, bool left, const Roadside& side, const std::string& road,
           double spacing_m = 9);

 private:
  void bus_stop(const Run& run, bool left, std::size_t kerb, core::RandomStream& random);

  Placer& to_;
  std::vector<Variant> things_;
};

}  // namespace oddroad::stage
