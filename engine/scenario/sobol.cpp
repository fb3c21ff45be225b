#include "engine/scenario/sobol.h"

#include "engine/core/check.h"
#include "engine/core/random.h"

namespace oddroad::scenario {

namespace {

constexpr int kBits = 32;

// A primitive polynomial x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1, its inner coefficients as the
// bits of `inner`, and the direction numbers that are free to choose.
struct Dimension {
  int degree;
  unsigned inner;
  std::array<std::uint32_t, 8> start;
};

// Joe and Kuo, dimensions 2 to 53.
constexpr Dimension kDimensions[kSobolDimensions - 1] = {
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
    {7, 50, {1, 3, 1, 3, 5, 53, 69}},
    {7, 55, {1, 1, 5, 5, 23, 33, 13}},
    {7, 56, {1, 1, 7, 7, 1, 61, 123}},
    {7, 59, {1, 1, 7, 9, 13, 61, 49}},
    {7, 62, {1, 3, 3, 5, 3, 55, 33}},
    {8, 14, {1, 3, 1, 15, 31, 13, 49, 245}},
    {8, 21, {1, 3, 5, 15, 31, 59, 63, 97}},
    {8, 22, {1, 3, 1, 11, 11, 11, 77, 249}},
    {8, 38, {1, 3, 1, 11, 27, 43, 71, 9}},
    {8, 47, {1, 1, 7, 15, 21, 11, 81, 45}},
    {8, 49, {1, 3, 7, 3, 25, 31, 65, 79}},
    {8, 50, {1, 3, 1, 1, 19, 11, 3, 205}},
    {8, 52, {1, 1, 5, 9, 19, 21, 29, 157}},
    {8, 56, {1, 3, 7, 11, 1, 33, 89, 185}},
    {8, 67, {1, 3, 3, 3, 15, 9, 79, 71}},
    {8, 70, {1, 3, 7, 11, 15, 39, 119, 27}},
    {8, 84, {1, 1, 3, 1, 11, 31, 97, 225}},
    {8, 97, {1, 1, 1, 3, 23, 43, 57, 177}},
    {8, 103, {1, 3, 7, 7, 17, 17, 37, 71}},
    {8, 115, {1, 3, 1, 5, 27, 63, 123, 213}},
    {8, 122, {1, 1, 3, 5, 11, 43, 53, 133}},
};

}  // namespace

DigitalColumns sobol_columns(int dimension) {
  ODDROAD_CHECK(dimension >= 0 && dimension < kSobolDimensions);
  DigitalColumns columns{};
  if (dimension == 0) {
    for (int k = 0; k < kBits; ++k) columns[static_cast<std::size_t>(k)] = 1u << (kBits - 1 - k);
    return columns;
  }
  const Dimension& row = kDimensions[dimension - 1];
  for (int k = 0; k < kBits; ++k) {
    const auto at = static_cast<std::size_t>(k);
    if (k < row.degree) {
      columns[at] = row.start[at] << (kBits - 1 - k);
      continue;
    }
    const auto before = static_cast<std::size_t>(k - row.degree);
    columns[at] = columns[before] ^ (columns[before] >> row.degree);
    for (int j = 1; j < row.degree; ++j) {
      if ((row.inner >> (row.degree - 1 - j) & 1u) != 0) {
        columns[at] ^= columns[static_cast<std::size_t>(k - j)];
      }
    }
  }
  return columns;
}

std::uint32_t digital_point(const DigitalColumns& columns, std::uint32_t index) {
  std::uint32_t point = 0;
  for (std::size_t k = 0; index != 0; ++k, index >>= 1) {
    if ((index & 1u) != 0) point ^= columns[k];
  }
  return point;
}

std::uint32_t owen_scrambled(std::uint32_t point, std::uint64_t key) {
  std::uint32_t out = 0;
  for (int k = 0; k < kBits; ++k) {
    // A leading 1 tells prefixes of different lengths apart.
    const std::uint64_t prefix = (std::uint64_t{1} << k) | (std::uint64_t{point} >> (kBits - k));
    const std::uint32_t flip = static_cast<std::uint32_t>(core::hash64(prefix, key) & 1u);
    out |= ((point >> (kBits - 1 - k) & 1u) ^ flip) << (kBits - 1 - k);
  }
  return out;
}

std::uint32_t stratified_point(std::uint32_t index, std::uint64_t key) {
  std::uint32_t out = 0;
  std::uint64_t prefix = 1;  // a leading 1 tells lengths apart
  for (int k = 0; k < kBits; ++k) {
    const std::uint64_t higher = std::uint64_t{index} >> (k + 1);
    const auto flip =
        static_cast<std::uint32_t>(core::hash64(prefix, core::hash64(higher, key)) & 1u);
    const std::uint32_t bit = (index >> k & 1u) ^ flip;
    out |= bit << (kBits - 1 - k);
    prefix = prefix << 1 | bit;
  }
  return out;
}

}  // namespace oddroad::scenario
