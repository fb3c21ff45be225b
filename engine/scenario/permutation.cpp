#include "engine/scenario/permutation.h"

#include "engine/core/check.h"
#include "engine/core/random.h"

namespace oddroad::scenario {

std::uint32_t permuted(std::uint32_t index, std::uint32_t count, std::uint64_t key) {
  ODDROAD_CHECK(index < count);
  constexpr std::uint64_t kRounds = 6;
  int half = 1;
  while (half < 16 && (std::uint64_t{1} << (2 * half)) < count) ++half;
  const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << half) - 1);
  do {
    std::uint32_t left = index >> half, right = index & mask;
    for (std::uint64_t round = 0; round < kRounds; ++round) {
      const auto mixed =
          static_cast<std::uint32_t>(core::hash64((round << 32) | right, key) & mask);
      const std::uint32_t next = left ^ mixed;
      left = right;
      right = next;
    }
    index = (left << half) | right;
  } while (index >= count);
  return index;
}

}  // namespace oddroad::scenario
