// Importance sampling of rare events against closed forms.
#include "engine/scenario/cross_entropy.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace oddroad::scenario {
namespace {

const std::vector<std::string> kPaths = {"params.a", "params.b", "params.c"};

// Standard normal scores under a plan.
std::vector<double> draw(const TiltPlan& plan, core::RandomStream& stream) {
  std::vector<double> out;
  const bool natural = stream.uniform() < plan.natural;
  for (const Tilt& tilt : plan.tilts) {
    const double z = stream.normal();
    out.push_back(natural ? z : tilt.shift + tilt.spread * z);
  }
  return out;
}

// The mean of the scores, which is normal with deviation 1 / sqrt(n), exceeds a limit.
PlayRound linear_event(double limit, std::uint64_t seed, std::size_t pilot, std::size_t judging) {
  return [=](std::size_t round, const TiltPlan& plan, bool last) {
    std::vector<SearchRun> runs(last ? judging : pilot);
    for (std::size_t k = 0; k < runs.size(); ++k) {
      core::RandomStream stream(core::hash64(k, core::hash64(round, seed)), "run");
      runs[k].scores = draw(plan, stream);
      runs[k].log_weight = densities(plan, runs[k].scores).log_weight();
      double sum = 0;
      for (const double z : runs[k].scores) sum += z;
      runs[k].miss = std::max(0.0, limit - sum / std::sqrt(double(runs[k].scores.size())));
    }
    return runs;
  };
}

TEST(Tilt, WeightsAreTheRatioOfDensities) {
  TiltPlan plan;
  plan.natural = 0.25;
  plan.tilts = {{"a", 1, 0.5}};
  const auto phi = [](double z) {
    return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  };
  for (const double z : {-3.0, 0.0, 0.7, 2.0}) {
    const Densities d = densities(plan, {z});
    const double mixture = 0.25 * phi(z) + 0.75 * phi((z - 1) / 0.5) / 0.5;
    EXPECT_NEAR(std::exp(d.log_natural), phi(z), 1e-12);
    EXPECT_NEAR(std::exp(d.log_tilted), mixture, 1e-12);
    EXPECT_LT(std::exp(d.log_weight()), 4);  // 1 / natural at most
  }
  EXPECT_EQ(densities({}, {}).log_weight(), 0);
}

TEST(Tilt, EffectiveShare) {
  EXPECT_NEAR(effective_share({3, 3, 3, 3}), 1, 1e-12);
  EXPECT_NEAR(effective_share({0, -1e3, -1e3, -1e3}), 0.25, 1e-12);
  EXPECT_EQ(effective_share({}), 0);
}

// The line: 1e-4 within 60 % at 1,024 runs in all, and no bias over 60 repeats.
TEST(CrossEntropy, EstimatesAOneInTenThousandEvent) {
  const double truth = 1e-4;
  const double limit = -core::inverse_normal_cdf(truth);
  constexpr int kRepeats = 60;
  double sum = 0, squares = 0, error_squares = 0, of_runs = 0;
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    std::size_t played = 0;
    const auto rounds = linear_event(limit, 100 + static_cast<std::uint64_t>(repeat), 128, 512);
    const auto counted = [&](std::size_t round, const TiltPlan& plan, bool last) {
      auto runs = rounds(round, plan, last);
      played += runs.size();
      return runs;
    };
    const auto found = search_rare(kPaths, 0.1, {.rounds = 4}, counted);
    ASSERT_TRUE(found) << core::to_string(found.error());
    ASSERT_LE(played, 1024u);
    const double p = found->judged.probability;
    sum += p;
    squares += p * p;
    error_squares += (p - truth) * (p - truth);
    of_runs += double(found->judged.events) / double(found->judged.runs);
  }
  const double mean = sum / kRepeats;
  const double deviation = std::sqrt((squares / kRepeats - mean * mean) / (kRepeats - 1));
  EXPECT_LT(std::abs(mean - truth), 3 * deviation);
  EXPECT_LT(std::sqrt(error_squares / kRepeats), 0.6 * truth);
  EXPECT_GT(of_runs / kRepeats, 0.3);  // nature would show none
}

TEST(CrossEntropy, SaysHowSureItIs) {
  // The error that one search tells is that of many.
  const double truth = 1e-3;
  const double limit = -core::inverse_normal_cdf(truth);
  double told = 0, error_squares = 0;
  for (std::uint64_t repeat = 0; repeat < 40; ++repeat) {
    const auto found = search_rare(kPaths, 0.1, {}, linear_event(limit, 900 + repeat, 256, 512));
    ASSERT_TRUE(found);
    told += found->judged.error / 40;
    error_squares += std::pow(found->judged.probability - truth, 2) / 40;
  }
  EXPECT_NEAR(told / std::sqrt(error_squares), 1, 0.3);
}

TEST(CrossEntropy, RefusesWhatItCannotStandFor) {
  const auto never = [](std::size_t, const TiltPlan& plan, bool) {
    SearchRun run;
    run.scores.assign(plan.tilts.size(), 0);
    run.miss = HUGE_VAL;
    return std::vector<SearchRun>(64, run);
  };
  const auto none = search_rare(kPaths, 0.1, {}, never);
  ASSERT_FALSE(none);
  EXPECT_NE(core::to_string(none.error()).find("seen in none of 64 runs"), std::string::npos);
  // One run weighs as much as all others together.
  const auto uneven = [](std::size_t, const TiltPlan& plan, bool) {
    std::vector<SearchRun> runs(64);
    for (SearchRun& run : runs) {
      run.scores.assign(plan.tilts.size(), 0);
      run.log_weight = -9;
    }
    runs[0].log_weight = 0;
    return runs;
  };
  const auto refused = search_rare(kPaths, 0.001, {}, uneven);
  ASSERT_FALSE(refused);
  EXPECT_NE(core::to_string(refused.error()).find("effective sample size is 1."), std::string::npos)
      << core::to_string(refused.error());
}

}  // namespace
}  // namespace oddroad::scenario
