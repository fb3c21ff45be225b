// The first random numbers of many shots at once: vector code where the processor has it, the same
// bits everywhere.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "sensors/lidar/shot_pattern.h"

namespace oddroad::lidar {

// Philox blocks with the counters {column, beam, 0, 0} (engine/core/random.h).
class FirstDraws {
 public:
  static constexpr std::size_t kMost = 256;  // shots; a page of memory
  void make(std::uint64_t key, std::span<const Shot> shots);
  // Of the k-th of those shots.
  [[nodiscard]] std::array<std::uint32_t, 4> of(std::size_t k) const {
    return {words_[0][k], words_[1][k], words_[2][k], words_[3][k]};
  }

 private:
  std::array<std::array<std::uint32_t, kMost>, 4> words_{};
};

}  // namespace oddroad::lidar
