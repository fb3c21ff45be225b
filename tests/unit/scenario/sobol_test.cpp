// Digital sequences, hypercubes and permutations.
#include "engine/scenario/sobol.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "engine/scenario/permutation.h"
#include "engine/scenario/sampler.h"

namespace oddroad::scenario {
namespace {

// Each stretch of length 2^-m holds one of the first 2^m points.
bool is_even(const DigitalColumns& columns, int m) {
  std::set<std::uint32_t> cells;
  for (std::uint32_t i = 0; i < (1u << m); ++i) cells.insert(digital_point(columns, i) >> (32 - m));
  return cells.size() == (1u << m);
}

TEST(Sobol, EveryDimensionIsEvenByItself) {
  std::set<DigitalColumns> all;
  for (int d = 0; d < kSobolDimensions; ++d) {
    for (const int m : {1, 4, 10}) EXPECT_TRUE(is_even(sobol_columns(d), m)) << d;
    all.insert(sobol_columns(d));
  }
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kSobolDimensions));
  for (std::uint64_t key = 0; key < 50; ++key) {
    for (const std::uint32_t block : {0u, 5u}) {
      std::set<std::uint32_t> cells;
      for (std::uint32_t i = 0; i < 256; ++i) {
        cells.insert(stratified_point(256 * block + i, key) >> 24);
      }
      EXPECT_EQ(cells.size(), 256u);
    }
  }
}

// The first points of dimensions 1 to 4, as published.
TEST(Sobol, KnownPoints) {
  const double known[8][4] = {{0, 0, 0, 0},
                              {.5, .5, .5, .5},
                              {.25, .75, .75, .75},
                              {.75, .25, .25, .25},
                              {.125, .625, .375, .125},
                              {.625, .125, .875, .625},
                              {.375, .375, .625, .875},
                              {.875, .875, .125, .375}};
  std::set<std::array<double, 4>> expected, found;
  for (const auto& row : known) expected.insert({row[0], row[1], row[2], row[3]});
  for (std::uint32_t i = 0; i < 8; ++i) {
    std::array<double, 4> point{};
    for (int d = 0; d < 4; ++d) {
      point[static_cast<std::size_t>(d)] = digital_point(sobol_columns(d), i) * 0x1p-32;
    }
    found.insert(point);
  }
  EXPECT_EQ(found, expected);  // in another order: these are without Gray code
}

// Dimensions 1 and 2 are a (0, 2)-sequence: every box of 2^-m holds one of 2^m points, and
// scrambling keeps that.
TEST(Sobol, BoxesHoldTheirShareBeforeAndAfterScrambling) {
  constexpr int kM = 8;
  for (const bool scrambled : {false, true}) {
    for (int wide = 0; wide <= kM; ++wide) {
      std::set<std::pair<std::uint32_t, std::uint32_t>> boxes;
      for (std::uint32_t i = 0; i < (1u << kM); ++i) {
        std::uint32_t x = digital_point(sobol_columns(0), i);
        std::uint32_t y = digital_point(sobol_columns(1), i);
        if (scrambled) x = owen_scrambled(x, 11), y = owen_scrambled(y, 12);
        boxes.emplace(wide == 0 ? 0 : x >> (32 - wide), wide == kM ? 0 : y >> (32 - kM + wide));
      }
      EXPECT_EQ(boxes.size(), 1u << kM) << wide;
    }
  }
}

TEST(Sobol, ScramblingIsUniformAndOneToOne) {
  double sum = 0, squares = 0;
  for (std::uint64_t key = 0; key < 4000; ++key) {
    const double u = core::unit_from_bits(owen_scrambled(0, key));
    sum += u;
    squares += u * u;
  }
  EXPECT_NEAR(sum / 4000, 0.5, 5 / std::sqrt(12 * 4000.0));
  EXPECT_NEAR(squares / 4000, 1 / 3.0, 5 * 0.3 / std::sqrt(4000.0));
  std::set<std::uint32_t> all;
  for (std::uint32_t i = 0; i < 1000; ++i) all.insert(owen_scrambled(i << 20, 3));
  EXPECT_EQ(all.size(), 1000u);
}

TEST(Permutation, IsOneToOneAndMixes) {
  for (const std::uint32_t count : {1u, 2u, 3u, 7u, 64u, 1000u, 4097u}) {
    std::vector<int> seen(count);
    for (std::uint32_t i = 0; i < count; ++i) ++seen[permuted(i, count, 5)];
    EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), static_cast<long>(count));
  }
  // Chi-squared of where index 0 goes.
  std::vector<int> where(10);
  for (std::uint64_t key = 0; key < 10'000; ++key) ++where[permuted(0, 10, key)];
  double chi2 = 0;
  for (const int n : where) chi2 += std::pow(n - 1000, 2) / 1000.0;
  EXPECT_LT(chi2, 27.9);  // 0.999 point for 9 degrees of freedom
}

std::vector<double> coordinates(const SamplePlan& plan, const std::string& path,
                                std::uint32_t count, std::uint32_t attempt = 0) {
  std::vector<double> out;
  for (std::uint32_t i = 0; i < count; ++i) {
    out.push_back(Sampler(plan, "s", 1, i, attempt).uniform(path));
  }
  return out;
}

TEST(SamplerMethods, StretchesAreTakenOnce) {
  SamplePlan plan;
  plan.count = 100;
  plan.method = SampleMethod::kLatinHypercube;
  for (const std::uint32_t attempt : {0u, 1u}) {
    std::set<int> cells;
    for (const double u : coordinates(plan, "a", 100, attempt)) {
      cells.insert(static_cast<int>(u * 100));
    }
    EXPECT_EQ(cells.size(), 100u);
  }
  EXPECT_NE(coordinates(plan, "a", 100), coordinates(plan, "b", 100));
  EXPECT_NE(coordinates(plan, "a", 100), coordinates(plan, "a", 100, 1));
  plan.method = SampleMethod::kSobol;
  std::set<int> cells;
  for (const double u : coordinates(plan, "a", 128)) cells.insert(static_cast<int>(u * 128));
  EXPECT_EQ(cells.size(), 128u);
}

// Values that nobody put first are not tied to each other either.
TEST(SamplerMethods, CoordinatesOfDifferentPathsAreUncorrelated) {
  for (const SampleMethod method :
       {SampleMethod::kRandom, SampleMethod::kLatinHypercube, SampleMethod::kSobol}) {
    SamplePlan plan;
    plan.method = method;
    plan.count = 512;
    double worst = 0;
    std::vector<std::vector<double>> all;
    for (int k = 0; k < 20; ++k) all.push_back(coordinates(plan, "p" + std::to_string(k), 512));
    for (std::size_t a = 0; a < all.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        double sum = 0;
        for (std::size_t i = 0; i < 512; ++i) sum += (all[a][i] - .5) * (all[b][i] - .5) * 12 / 512;
        worst = std::max(worst, std::abs(sum));
      }
    }
    EXPECT_LT(worst, 0.2);  // 4.5 deviations of random
  }
}

// UN R157's careful driver meets a cut-in: the smallest gap, in metres (negative: run into).
double smallest_gap(const std::array<double, 4>& u) {
  const double v_ego = (60 + 70 * u[0]) / 3.6;
  const double v_other = std::max(v_ego - (5 + 35 * u[1]) / 3.6, 2.0);
  const double gap = 8 + 52 * u[2], sideways = 0.5 + 1.3 * u[3];
  // Seen 0.375 m into the lane change, 0.4 s to judge it, 0.75 s to react, 0.6 s to full braking.
  const double brakes_at = 0.375 / sideways + 0.4 + 0.75;
  double v = v_ego, d = gap, least = gap;
  constexpr double kStep = 0.02;
  for (int k = 0; k < 600 && v > v_other; ++k) {
    v = std::max(v - std::clamp((k * kStep - brakes_at) / 0.6, 0.0, 1.0) * 0.774 * 9.81 * kStep,
                 0.);
    d += (v_other - v) * kStep;
    least = std::min(least, d);
  }
  return least;
}

struct Errors {
  double mean = 0, probability = 0;  // root mean squared
};

Errors errors_of(const SamplePlan& plan, double mean, double limit, double share) {
  constexpr std::uint32_t kCount = 1024, kBatches = 24;
  Errors out;
  for (std::uint32_t batch = 0; batch < kBatches; ++batch) {
    double sum = 0, hits = 0;
    for (std::uint32_t i = 0; i < kCount; ++i) {
      const Sampler sampler(plan, "cut-in", batch, i, 0);
      const double gap =
          smallest_gap({sampler.uniform("params.v"), sampler.uniform("params.dv"),
                        sampler.uniform("params.gap"), sampler.uniform("params.vy")});
      sum += gap / kCount;
      hits += gap < limit ? 1.0 / kCount : 0;
    }
    out.mean += std::pow(sum - mean, 2) / kBatches;
    out.probability += std::pow(hits / share - 1, 2) / kBatches;
  }
  return {std::sqrt(out.mean), std::sqrt(out.probability)};
}

TEST(SamplerMethods, SobolErrsLessThanRandomOnTheMeanGap) {
  constexpr double kLimit = -6.7;
  double mean = 0, share = 0;
  constexpr std::uint32_t kMany = 1u << 16;
  for (std::uint32_t i = 0; i < kMany; ++i) {
    std::array<double, 4> u{};
    for (int d = 0; d < 4; ++d) {
      u[static_cast<std::size_t>(d)] = core::unit_from_bits(
          owen_scrambled(digital_point(sobol_columns(d), i), static_cast<std::uint64_t>(d)));
    }
    const double gap = smallest_gap(u);
    mean += gap / kMany;
    share += gap < kLimit ? 1.0 / kMany : 0;
  }
  SamplePlan plan;
  plan.count = 1024;
  const Errors random = errors_of(plan, mean, kLimit, share);
  plan.method = SampleMethod::kLatinHypercube;
  const Errors hypercube = errors_of(plan, mean, kLimit, share);
  plan.method = SampleMethod::kSobol;
  const Errors sobol = errors_of(plan, mean, kLimit, share);
  plan.first = {"params.v", "params.dv", "params.gap", "params.vy"};
  const Errors first = errors_of(plan, mean, kLimit, share);
  for (const auto& [name, e] :
       {std::pair("random", random), std::pair("latin_hypercube", hypercube),
        std::pair("sobol", sobol), std::pair("sobol, first", first)}) {
    std::printf("  %-16s mean gap %.4f m, P(%.1f %%) %.1f %%\n", name, e.mean, 100 * share,
                100 * e.probability);
  }
  EXPECT_LT(sobol.mean, random.mean / 5);
  EXPECT_LT(hypercube.mean, random.mean / 5);
  EXPECT_LT(first.mean, random.mean / 10);
  EXPECT_LT(first.mean, hypercube.mean);
  EXPECT_LT(first.probability, random.probability / 2);
}

}  // namespace
}  // namespace oddroad::scenario
