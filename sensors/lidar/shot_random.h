// The random numbers of one shot: they depend on nothing but its name.
#pragma once

#include "engine/core/random.h"

namespace oddroad::lidar {

class ShotRandom {
 public:
  ShotRandom(std::uint64_t key, std::uint32_t column, std::uint32_t beam)
      : key_{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)},
        column_(column),
        beam_(beam) {}

  // With the first block at hand.
  ShotRandom(std::uint64_t key, std::uint32_t column, std::uint32_t beam,
             const std::array<std::uint32_t, 4>& first)
      : ShotRandom(key, column, beam) {
    bits_ = first;
    block_ = 1;
    used_ = 0;
  }

  double uniform() {
    if (used_ == 4) {
      bits_ = core::philox4x32_10({column_, beam_, block_++, 0}, key_);
      used_ = 0;
    }
    return core::unit_from_bits(bits_[used_++]);
  }
  double normal() { return core::inverse_normal_cdf(uniform()); }
  // No normal number is further from 0: 32 bits end at 1 - 2^-33.
  static constexpr double kMostNormal = 6.34;

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint32_t column_, beam_;
  std::uint32_t block_ = 0;
  std::uint32_t used_ = 4;
  std::array<std::uint32_t, 4> bits_{};
};

}  // namespace oddroad::lidar
