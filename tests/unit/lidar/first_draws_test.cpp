#include "sensors/lidar/first_draws.h"

#include <gtest/gtest.h>

#include "sensors/lidar/shot_random.h"

namespace oddroad {
namespace {

TEST(FirstDraws, AreThoseOfEachShotAlone) {
  std::vector<lidar::Shot> shots(lidar::FirstDraws::kMost - 3);
  for (std::size_t k = 0; k < shots.size(); ++k) {
    shots[k].column = static_cast<std::uint32_t>(k * 7919);
    shots[k].beam = static_cast<std::uint16_t>(k % 128);
  }
  for (const std::uint64_t key : {0ull, 1ull, 0xfedcba9876543210ull}) {
    lidar::FirstDraws draws;
    draws.make(key, shots);
    for (std::size_t k = 0; k < shots.size(); ++k) {
      lidar::ShotRandom alone(key, shots[k].column, shots[k].beam);
      lidar::ShotRandom with(key, shots[k].column, shots[k].beam, draws.of(k));
      for (int i = 0; i < 9; ++i) EXPECT_EQ(alone.uniform(), with.uniform()) << k << " " << i;
    }
  }
}

}  // namespace
}  // namespace oddroad
