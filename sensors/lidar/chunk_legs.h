// What a chunk of shots meets beside and behind its axes, in memory that chunks use one after the
// other.
#pragma once

#include <array>
#include <vector>

#include "sensors/lidar/chunks.h"
#include "sensors/lidar/leg.h"

namespace oddroad::lidar {

struct ChunkLegs {
  std::array<std::vector<Leg>, kLegRounds> rounds;  // by ascending shot within each
  // Of each shot of the chunk: how many ring rays were cast; the axis stands for the rest of the
  // footprint.
  std::vector<std::uint8_t> beside;
  // Where the legs of each shot of the chunk begin in the first round, and where the last ones end.
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> cast_order;  // of the first round

  void begin(std::size_t shots) {
    for (auto& legs : rounds) legs.clear();
    beside.assign(shots, 0);
    first.clear();
    cast_order.clear();
  }
  [[nodiscard]] std::size_t rays() const {
    std::size_t out = 0;
    for (const auto& legs : rounds) out += legs.size();
    return out;
  }
};

}  // namespace oddroad::lidar
