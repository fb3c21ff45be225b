// The surface through outcomes, and what it expects of samples that have not been played.
#include "engine/explore/forecast.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace oddroad::explore {
namespace {

using Place = std::vector<double>;

Place random_place(core::RandomStream& draw, std::size_t size) {
  Place out(size);
  for (double& x : out) x = draw.uniform();
  return out;
}

// Of two of the coordinates; the others do not matter.
double bowl(const Place& at) {
  return 1 + at[0] + 2 * at[0] * at[1] - at[1] * at[1];
}

TEST(Surface, FindsAQuadraticAmongDrawsThatDoNotMatter) {
  core::RandomStream draw(1, "surface");
  std::vector<Place> places;
  std::vector<double> values;
  for (int k = 0; k < 200; ++k) {
    places.push_back(random_place(draw, 6));
    values.push_back(bowl(places.back()));
  }
  const Surface surface(places, values);
  for (int k = 0; k < 100; ++k) {
    const Place at = random_place(draw, 6);
    const Surface::Guess guess = surface.at(at);
    EXPECT_NEAR(guess.mean, bowl(at), 0.12);  // of values from 0.25 to 3: the penalty flattens it
    EXPECT_LT(guess.spread, 0.12);
  }
}

TEST(Surface, SpreadIsThatOfNoise) {
  constexpr double kNoise = 0.3;
  core::RandomStream draw(2, "surface");
  std::vector<Place> places;
  std::vector<double> values;
  for (int k = 0; k < 400; ++k) {
    places.push_back(random_place(draw, 3));
    values.push_back(bowl(places.back()) + kNoise * draw.normal());
  }
  // 400 values tell a deviation within 3.5 % (one sigma).
  EXPECT_NEAR(Surface(places, values).at({0.5, 0.5, 0.5}).spread, kNoise, 4 * 0.035 * kNoise);
}

// More terms (496) than samples: the guess stays within what has been seen.
TEST(Surface, FewSamplesOfManyDrawsMakeNoWildOne) {
  core::RandomStream draw(3, "surface");
  std::vector<Place> places;
  std::vector<double> values;
  for (int k = 0; k < 24; ++k) {
    places.push_back(random_place(draw, 30));
    values.push_back(draw.uniform());
  }
  const Surface surface(places, values);
  for (int k = 0; k < 50; ++k) {
    const Surface::Guess guess = surface.at(random_place(draw, 30));
    EXPECT_GT(guess.mean, -0.5);
    EXPECT_LT(guess.mean, 1.5);
    EXPECT_GT(guess.spread, 0.1);
  }
}

scenario::OutcomeRule rule() {
  scenario::OutcomeRule out;
  out.cover.push_back({0, {{"0 .. 0.5 s", 0, 0.5, 6}, {"1.3 .. 1.7 s", 1.3, 1.7, 6}}});
  return out;
}

Outcome outcome(std::optional<double> ttc_s) {
  Outcome out;
  out.values.resize(scenario::outcome_quantities().size());
  out.values[0] = ttc_s;
  return out;
}

// Of many samples as many come as were expected.
TEST(Forecast, IsRightOnTheWhole) {
  const scenario::OutcomeRule wanted = rule();
  core::RandomStream draw(4, "forecast");
  const auto ttc = [&](const Place& at) {
    return 0.2 + 1.8 * at[0] + 0.1 * draw.normal();
  };
  std::vector<Place> places;
  std::vector<Outcome> played;
  for (int k = 0; k < 300; ++k) {
    places.push_back(random_place(draw, 4));
    played.push_back(outcome(std::max(0.0, ttc(places.back()))));
  }
  const Forecast forecast(wanted, places, played);
  double expected[2] = {0, 0}, come[2] = {0, 0};
  for (int k = 0; k < 4000; ++k) {
    const Place at = random_place(draw, 4);
    const Chances chances = forecast.chances(at);
    const OutcomeValues values = outcome(std::max(0.0, ttc(at))).values;
    for (const std::size_t b : {0u, 1u}) {
      expected[b] += chances[0][b];
      come[b] += falls_into(values, wanted.cover[0], b) ? 1 : 0;
    }
  }
  EXPECT_NEAR(expected[0] / come[0], 1, 0.15);
  EXPECT_NEAR(expected[1] / come[1], 1, 0.15);
  EXPECT_GT(forecast.chances({0.05, 0.5, 0.5, 0.5})[0][0], 0.9);
}

TEST(Forecast, ThereIsNoneOfWhatHasNoValue) {
  const scenario::OutcomeRule wanted = rule();
  const std::vector<Place> places(30, Place{0.5});
  const Forecast forecast(wanted, places, std::vector<Outcome>(30, outcome(std::nullopt)));
  const Chances chances = forecast.chances({0.5});
  EXPECT_TRUE(chances.at(0).empty());
  EXPECT_EQ(expected_help(chances, Goals(wanted), TrackRecord(wanted)), 0);
}

TEST(TrackRecord, PromisesThatDoNotComeTrueCountLess) {
  const scenario::OutcomeRule wanted = rule();
  TrackRecord record(wanted);
  EXPECT_EQ(record.trust(0, 0), 1);
  for (int k = 0; k < 9; ++k) record.add({{1, 0.5}}, outcome(1.5).values);
  EXPECT_DOUBLE_EQ(record.trust(0, 0), 0.1);
  EXPECT_EQ(record.trust(0, 1), 1);  // more came than was expected
  const Goals goals(wanted);
  EXPECT_DOUBLE_EQ(expected_help({{1, 0}}, goals, record), 0.1);
}

}  // namespace
}  // namespace oddroad::explore
