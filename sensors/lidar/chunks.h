// Sweeps are worked on in runs of shots, the same ones for all that is done to them.
#pragma once

#include <algorithm>
#include <cstddef>

namespace oddroad::lidar {

inline constexpr std::size_t kChunkShots = 4096;

constexpr std::size_t chunks_of(std::size_t shots) {
  return (shots + kChunkShots - 1) / kChunkShots;
}
constexpr std::size_t chunk_begin(std::size_t chunk) {
  return chunk * kChunkShots;
}
constexpr std::size_t chunk_end(std::size_t chunk, std::size_t shots) {
  return std::min((chunk + 1) * kChunkShots, shots);
}

}  // namespace oddroad::lidar
