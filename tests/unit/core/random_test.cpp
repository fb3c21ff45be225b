#include "engine/core/random.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::core {
namespace {

using Words4 = std::array<std::uint32_t, 4>;
using Words2 = std::array<std::uint32_t, 2>;

// The known-answer vectors published with Random123.
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox4x32_10(Words4{0, 0, 0, 0}, Words2{0, 0}),
            (Words4{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox4x32_10(Words4{ones, ones, ones, ones}, Words2{ones, ones}),
            (Words4{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32_10(Words4{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                          Words2{0xa4093822, 0x299f31d0}),
            (Words4{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, InverseNormalIsTheInverse) {
  for (double x = -6; x <= 6; x += 0.01) {
    const double p = normal_cdf(x);
    // Near p = 1 the argument itself is only known to 1e-16, that is x to 1e-16 / density.
    const double density = std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI);
    EXPECT_NEAR(inverse_normal_cdf(p), x, 1e-13 + 4e-16 / density) << x;
  }
  EXPECT_DOUBLE_EQ(inverse_normal_cdf(0.5), 0);
  EXPECT_NEAR(inverse_normal_cdf(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(inverse_normal_cdf(1e-300), -37.0471, 1e-4);
}

TEST(Random, UnitsStayInsideTheOpenInterval) {
  EXPECT_GT(unit_from_bits(0), 0);
  EXPECT_LT(unit_from_bits(0xffffffff), 1);
  EXPECT_GT(unit_from_bits64(0, 0), 0);
  EXPECT_LT(unit_from_bits64(0xffffffff, 0xffffffff), 1);
}

TEST(RandomStream, MomentsAndBounds) {
  RandomStream stream(7, "moments");
  const int count = 200'000;
  double sum = 0, sum_squares = 0;
  for (int i = 0; i < count; ++i) {
    const double x = stream.normal();
    sum += x;
    sum_squares += x * x;
  }
  EXPECT_NEAR(sum / count, 0, 5 / std::sqrt(count));
  EXPECT_NEAR(sum_squares / count, 1, 5 * std::sqrt(2.0 / count));
  std::array<int, 3> seen{};
  for (int i = 0; i < 30'000; ++i) ++seen.at(stream.below(3));
  for (const int n : seen) EXPECT_NEAR(n, 10'000, 5 * std::sqrt(10'000 * 2.0 / 3));
}

TEST(RandomStream, NamesAndSeedsSeparateStreams) {
  RandomStream a(7, "a"), same(7, "a"), b(7, "b"), other_seed(8, "a");
  int equal_b = 0, equal_seed = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint32_t x = a.bits();
    EXPECT_EQ(x, same.bits());
    equal_b += x == b.bits();
    equal_seed += x == other_seed.bits();
  }
  EXPECT_EQ(equal_b, 0);
  EXPECT_EQ(equal_seed, 0);
}

}  // namespace
}  // namespace oddroad::core
