// The order in which the rays of a sweep are cast. Devices fire up and down their beams, some all
// over the view; light that goes the same way meets the same things, and what is needed of them is
// at hand if it goes one after the other. What a ray meets does not depend on it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sensors/lidar/shot_pattern.h"

namespace oddroad::lidar {

// Numbers of the shots of a spinning device, chunk after chunk: bands of some neighbouring
// azimuths, each up or down the rings by twos.
std::vector<std::uint32_t> cast_order(std::span<const Shot> shots);

// Those of a device whose beams wander over a field, of all chunks together: their neighbours were
// fired at any time of the sweep. Bands across the field, each there or back. In memory that is
// used again.
class FieldOrder {
 public:
  void set(std::span<const Shot> shots);
  [[nodiscard]] std::span<const std::uint32_t> shots() const { return shots_; }

 private:
  std::vector<std::uint32_t> shots_;
  std::vector<std::uint32_t> cell_;  // of each shot
  std::vector<std::uint32_t> next_;  // place in the order, of each cell
};

struct CastOrder {
  std::span<const std::uint32_t> shots;  // empty: as they fire
  bool by_chunks = true;                 // the shots of each chunk take the places of that chunk
};

}  // namespace oddroad::lidar
