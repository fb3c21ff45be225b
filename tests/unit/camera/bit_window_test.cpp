#include "sensors/camera/bit_window.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace oddroad {
namespace {

TEST(BitWindow, IsTheUnionOfAllAround) {
  core::RandomStream random(7, "bits");
  for (const auto& [width, height] : {std::pair(1, 1), std::pair(7, 5), std::pair(40, 3)}) {
    std::vector<std::uint8_t> bits;
    for (int i = 0; i < width * height; ++i) {
      bits.push_back(random.uniform() < .7 ? 0 : static_cast<std::uint8_t>(1u << random.below(8)));
    }
    for (const auto& [before, after] : {std::pair(0, 0), std::pair(2, 1), std::pair(0, 9)}) {
      const auto around = camera::bits_around(bits, width, height, before, after);
      for (int i = 0; i < width * height; ++i) {
        std::uint8_t expected = 0;
        for (int k = 0; k < width * height; ++k) {
          const int dx = k % width - i % width;
          const int dy = k / width - i / width;
          if (dx >= -before && dx <= after && dy >= -before && dy <= after) expected |= bits[k];
        }
        EXPECT_EQ(around[i], expected) << width << " x " << height << " at " << i;
      }
    }
  }
}

}  // namespace
}  // namespace oddroad
