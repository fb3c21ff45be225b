// sample.balance: draws towards a target distribution, with weights.
#include <cmath>

#include "engine/core/random.h"
#include "engine/scenario/sample_table.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class BalanceTest : public ScenarioTest {
 protected:
  // Without `require`, so that every draw is the first.
  static std::string text(const std::string& balance, const std::string& method = "random") {
    const std::string free = with(kGood, "require:\n  - $v_ego * $ttc > 6 m\n", "");
    return with(free, "{method: random, count: 8, seed: 7}",
                "{method: " + method + ", count: 8, seed: 7, balance: " + balance + "}");
  }
  static std::vector<Variant> drawn(const Scenario& scenario, std::uint32_t count) {
    std::vector<Variant> out;
    for (std::uint32_t k = 0; k < count; ++k) out.push_back(draw(scenario, k));
    return out;
  }
};

const std::string kTtc = "{ttc: {0.8 .. 1.0 s: 3, 1.0 .. 2.0 s: 1, 2.0 .. 3.0 s: 4}}";

// Chi-square of the groups against what is asked; 99.9 % of 2 degrees of freedom are below 13.8.
TEST_F(BalanceTest, GroupsComeAsOftenAsIsAsked) {
  const Scenario scenario = good(text(kTtc));
  constexpr std::uint32_t kCount = 4000;
  double counts[3] = {};
  for (const Variant& v : drawn(scenario, kCount)) {
    const double ttc = v.parameter_values.at("ttc");
    ++counts[ttc < 1 ? 0 : ttc < 2 ? 1 : 2];
  }
  double chi2 = 0;
  const double asked[3] = {3 / 8.0, 1 / 8.0, 4 / 8.0};
  for (int g = 0; g < 3; ++g) {
    chi2 += std::pow(counts[g] - kCount * asked[g], 2) / (kCount * asked[g]);
  }
  EXPECT_LT(chi2, 13.8);
  // Even sequences reach it but for one or two.
  const Scenario even = good(text(kTtc, "sobol"));
  const SampleTable sobol = make_sample_table(even, drawn(even, 256));
  EXPECT_NEAR(static_cast<double>(sobol.balances[0].reached[0]), 96, 2);
  EXPECT_NEAR(static_cast<double>(sobol.balances[0].reached[1]), 32, 2);
  EXPECT_NEAR(static_cast<double>(sobol.balances[0].reached[2]), 128, 2);
}

// Within a group the law is the natural one: Kolmogorov and Smirnov, p > 0.001 (1.95 / sqrt(n)).
TEST_F(BalanceTest, WithinAGroupTheLawIsTheNaturalOne) {
  const Scenario scenario = good(text(kTtc));
  const DistributionPtr natural = scenario.parameters[1].value.distribution;
  const double from = natural->share_below(1.0), to = natural->share_below(2.0);
  std::vector<double> places;
  for (const Variant& v : drawn(scenario, 10'000)) {
    const double ttc = v.parameter_values.at("ttc");
    if (ttc >= 1 && ttc < 2) places.push_back((natural->share_below(ttc) - from) / (to - from));
  }
  std::sort(places.begin(), places.end());
  const auto n = static_cast<double>(places.size());
  EXPECT_NEAR(n, 1250, 110);
  double apart = 0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    apart = std::max(apart, std::abs(places[k] - (static_cast<double>(k) + 0.5) / n));
  }
  EXPECT_LT(apart, 1.95 / std::sqrt(n));
}

TEST_F(BalanceTest, WeightsLeadBackToNature) {
  const Scenario scenario = good(text(kTtc));
  double sum = 0, squares = 0, weighted = 0, weighted_squares = 0;
  constexpr std::uint32_t kCount = 4000;
  for (const Variant& v : drawn(scenario, kCount)) {
    const double w = std::exp(v.parameter_values.at("balance.log_weight"));
    // The middle of a normal distribution that is cut, at 1.6 s, off its cut's middle.
    const double below = v.parameter_values.at("ttc") < 1.5 ? 1 : 0;
    const double apart = below - scenario.parameters[1].value.distribution->share_below(1.5);
    sum += w / kCount;
    squares += w * w / kCount;
    weighted += w * apart / kCount;
    weighted_squares += w * w * apart * apart / kCount;
  }
  EXPECT_NEAR(sum, 1, 4 * std::sqrt((squares - sum * sum) / kCount));
  EXPECT_NEAR(weighted, 0, 4 * std::sqrt(weighted_squares / kCount));
  EXPECT_EQ(draw(good(kGood), 3).parameter_values.count("balance.log_weight"), 0u);
  // Closed form: two of three options alike in nature, asked for 1 : 3.
  const Scenario words = good(text("{van: {van.panel: 1, car.sedan: 3}}"));
  for (const Variant& v : drawn(words, 20)) {
    const double share = v.parameters.at("van") == "van.panel" ? 0.25 : 0.75;
    EXPECT_NEAR(v.parameter_values.at("balance.log_weight"), std::log(0.5 / share), 1e-8);
    EXPECT_NEAR(v.parameter_values.at("balance.log_density"), std::log(0.5), 1e-8);
  }
}

TEST_F(BalanceTest, NothingElseMovesAndASampleStandsAlone) {
  for (const char* method : {"random", "sobol", "lhs"}) {
    const Scenario plain = good(with(text("{van: even}", method), ", balance: {van: even}", ""));
    const Scenario both =
        good(text("{van: {van.panel: 1, car.sedan: 9}, "
                  "actors.child.size.height: {1.05 .. 1.1 m: 1, "
                  "1.1 .. 1.35 m: 1}}",
                  method));
    std::map<std::string, std::string> batch;
    for (std::uint32_t k = 700; k <= 731; ++k) {
      const Variant a = draw(plain, k), b = draw(both, k);
      for (const char* name : {"v_ego", "ttc", "impact"}) {
        EXPECT_EQ(a.parameters.at(name), b.parameters.at(name)) << method;
      }
      EXPECT_EQ(a.environment.sun_azimuth_rad, b.environment.sun_azimuth_rad);
      EXPECT_EQ(a.actors.back().at.gaps_m, b.actors.back().at.gaps_m);
      batch = b.parameters;
    }
    EXPECT_EQ(draw(both, 731).parameters, batch);
    const auto again = redraw_variant(both, 7, 731, 0, OneSite());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->parameters, batch);
  }
}

// The correlated partner follows what is drawn, and its own law within a group stays.
TEST_F(BalanceTest, WhoIsCorrelatedFollows) {
  const std::string tied = with(text("{v_ego: {20 .. 30 km/h: 1, 30 .. 50 km/h: 9}}"),
                                "site:", "correlate:\n  - {of: [v_ego, ttc], rho: 0.8}\nsite:");
  double fast = 0, slow = 0, n = 0;
  for (const Variant& v : drawn(good(tied), 1000)) {
    const bool is_fast = v.parameter_values.at("v_ego") > 30 / 3.6;
    n += is_fast ? 1 : 0;
    (is_fast ? fast : slow) += v.parameter_values.at("ttc");
  }
  EXPECT_NEAR(n, 900, 40);
  EXPECT_GT(fast / n, slow / (1000 - n) + 0.2);
}

TEST_F(BalanceTest, WhatIsRandomizedAndTimesOfDay) {
  const Scenario scenario = good(
      with(with(text("{weather.kind: {clear: 1, overcast: 1, rain: 4, fog: 4, snow: 1, wet: 1}, "
                     "environment.time: {06:00 .. 08:00: 1, 08:00 .. 22:00: 1}}"),
                "sun: {elevation: 10 deg, azimuth: 0 .. 360 deg}", "time: 06:00 .. 22:00"),
           "record:", "randomize: structured\nrecord:"));
  const std::vector<Variant> all = drawn(scenario, 600);
  int wet = 0;
  for (const Variant& v : all) {
    const std::string kind = v.parameters.at("randomize.weather.kind");
    wet += kind == "rain" || kind == "fog" ? 1 : 0;
  }
  EXPECT_NEAR(wet, 400, 45);
  const BalanceTally early = make_sample_table(scenario, all).balances.at(1);
  EXPECT_EQ(early.name, "environment.time");
  EXPECT_NEAR(early.groups[0].natural, 2 / 16.0, 1e-9);
  EXPECT_NEAR(static_cast<double>(early.reached[0]), 300, 50);
}

TEST_F(BalanceTest, TheReportTellsNaturalAskedAndReached) {
  const Scenario scenario = good(text("{van: {van.panel: 1, car.sedan: 3}}", "sobol"));
  const SampleTable table = make_sample_table(scenario, drawn(scenario, 64));
  EXPECT_EQ(balance_text(table),
            "balanced                             natural     asked   reached\n"
            "van van.panel                         50.0 %    25.0 %    25.0 %\n"
            "van car.sedan                         50.0 %    75.0 %    75.0 %\n"
            "effective sample size of natural draws: 75.0 % of the samples\n");
  EXPECT_EQ(balance_text(make_sample_table(good(kGood), drawn(good(kGood), 4))), "");
}

TEST_F(BalanceTest, MistakesAreToldWhereTheyStand) {
  const auto answer = [&](const std::string& balance, const std::string& more = "") {
    return problems(with(text(balance), "seed: 7,", "seed: 7," + more));
  };
  EXPECT_EQ(answer("{van: {van.panel: 1}}"),
            "33:60: balance: no group for car.sedan; every value needs one");
  EXPECT_EQ(answer("{van: {van.panel: 1, car.sedan: 0}}"),
            "33:86: balance: a share is a number above 0, found '0'");
  EXPECT_EQ(answer("{vann: even}"),
            "33:55: balance: nothing is called 'vann'; did you mean 'van'?");
  EXPECT_EQ(
      answer("{v_ego: even}"),
      "33:62: balance: 'v_ego' is no list of options; name groups: {0 .. 10 m: 1, 10 .. 20 m: "
      "1}");
  EXPECT_EQ(answer("{v_ego: {20 .. 30 km/h: 1}}"),
            "33:63: balance: the groups of 'v_ego' end before all that is drawn; every value needs "
            "one");
  EXPECT_EQ(answer("{v_ego: {20 .. 30 km/h: 1, 35 .. 50 km/h: 1}}"),
            "33:81: balance: groups of 'v_ego' are ranges, one beginning where the one before it "
            "ends, from the least that is drawn");
  EXPECT_EQ(answer("{v_ego: {20 .. 30 m: 1}}"),
            "33:63: balance: expected a speed like '30 km/h', found a length like '3 m'");
  EXPECT_EQ(answer("{weather.kind: even}"),
            "33:55: balance: 'weather.kind' is not drawn; add 'randomize: structured'");
  EXPECT_EQ(
      answer("{parked.type: even}"),
      "33:55: balance: 'parked.type' is drawn for each of many; draw it once, as a parameter, "
      "and balance that");
  EXPECT_EQ(answer("{van: even}", " cover: [van],"),
            "33:69: balance: 'van' is in 'cover', which says itself how often; leave it out of one "
            "of them");
  EXPECT_EQ(
      answer("[van]"),
      "33:54: balance: expected a map like {van: {van.panel: 1, car.sedan: 3}}, found a list");
  EXPECT_EQ(problems(text("{v_ego: {20 .. 30 km/h: 1, 30 .. 50 km/h: 1}}") +
                     "rare: {event: ego->child.hit, tilt: {v_ego: {shift: 1}}}\n"),
            "34:38: tilt: 'v_ego' is balanced, too; leave it out of one of them");
}

}  // namespace
}  // namespace oddroad::scenario
