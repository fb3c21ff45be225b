// sample: and correlate: of a scenario.
#include <algorithm>
#include <cmath>
#include <set>

#include "engine/scenario/covering.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class SamplingTest : public ScenarioTest {
 protected:
  static std::string sampled(const std::string& sample, const std::string& base = kGood) {
    return with(base, "{method: random, count: 8, seed: 7}", sample);
  }
  static std::map<std::string, std::string> parameters(const Scenario& scenario, std::uint32_t i) {
    return draw(scenario, i).parameters;
  }
};

const char* kMethods[] = {"random", "sobol", "latin_hypercube"};

TEST_F(SamplingTest, NothingElseMovesADrawWhateverTheMethod) {
  for (const char* method : kMethods) {
    const std::string sample = "{method: " + std::string(method) + ", count: 40, seed: 7}";
    const Scenario before = good(sampled(sample));
    std::string text = with(kGood, "  v_ego:", "  first: 1 .. 2 m\n  # a comment\n  v_ego:");
    text = with(text, "  impact:", "  middle: {integer: 1 .. 9}\n  impact:");
    const Scenario after = good(sampled(sample, text), {"environment.rain=0 .. 5 mm/h"});
    for (std::uint32_t i = 0; i < 40; ++i) {
      const Variant a = draw(before, i);
      Variant b = draw(after, i);
      b.parameters.erase("first");
      b.parameters.erase("middle");
      EXPECT_EQ(a.parameters, b.parameters) << method;
      EXPECT_EQ(a.attempt, b.attempt);
      EXPECT_EQ(a.environment.sun_azimuth_rad, b.environment.sun_azimuth_rad);
      EXPECT_EQ(a.site, b.site);
      EXPECT_EQ(a.actors.back().at.gaps_m, b.actors.back().at.gaps_m);
    }
  }
}

// A sample alone is that of a batch: other order, other count (but for hypercubes), by its attempt.
TEST_F(SamplingTest, ASampleAloneIsThatOfABatch) {
  for (const std::string method : {"random", "sobol", "latin_hypercube", "grid"}) {
    const std::string end = method == "grid" ? ", cover: [van, impact]}" : "}";
    const Scenario batch = good(sampled("{method: " + method + ", count: 800, seed: 7" + end));
    std::map<std::string, std::string> last;
    for (std::uint32_t i = 725; i < 732; ++i) last = parameters(batch, i);
    const Scenario alone = good(sampled("{method: " + method + ", count: 800, seed: 7" + end));
    EXPECT_EQ(parameters(alone, 731), last) << method;
    const Variant v = draw(alone, 731);
    const auto again = redraw_variant(alone, 7, 731, v.attempt, OneSite());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->parameters, last);
    if (method == "latin_hypercube") continue;
    const Scenario longer = good(sampled("{method: " + method + ", count: 900, seed: 7" + end));
    EXPECT_EQ(parameters(longer, 731), last) << method;
    EXPECT_EQ(longer.content_hash, alone.content_hash) << method;
  }
}

TEST_F(SamplingTest, TheHashKnowsTheMethod) {
  const std::string hash = good(kGood).content_hash;
  EXPECT_EQ(good(sampled("{seed: 9}")).content_hash, hash);
  std::set<std::string> hashes = {hash};
  for (const char* sample :
       {"{method: sobol}", "{method: lhs, count: 4}", "{method: lhs, count: 5}",
        "{cover: [van, impact]}", "{method: grid, cover: [van]}", "{method: sobol, first: [ttc]}",
        "{forbid: [{van: car.sedan}]}"}) {
    hashes.insert(good(sampled(sample)).content_hash);
  }
  EXPECT_EQ(hashes.size(), 8u);
}

double rank_correlation(std::vector<double> a, std::vector<double> b) {
  const auto ranks = [](const std::vector<double>& v) {
    std::vector<double> sorted = v, out;
    std::sort(sorted.begin(), sorted.end());
    for (const double x : v) {
      const auto [from, to] = std::equal_range(sorted.begin(), sorted.end(), x);
      out.push_back(((from - sorted.begin()) + (to - sorted.begin())) / 2.0);
    }
    return out;
  };
  a = ranks(a);
  b = ranks(b);
  double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
  const auto n = static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) ma += a[i] / n, mb += b[i] / n;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
  }
  return ab / std::sqrt(aa * bb);
}

TEST_F(SamplingTest, CorrelationsAreReached) {
  constexpr std::uint32_t kCount = 16384;
  for (const char* method : kMethods) {
    std::string text = sampled("{method: " + std::string(method) + ", count: 16384, seed: 7}");
    text = with(text, "require:\n  - $v_ego * $ttc > 6 m\n",
                "  rain: {lognormal: 3 mm/h, sigma: 0.8}\n"
                "  fog: {mixture: [{of: 20 .. 50 m}, {of: {normal: 200 m, sd: 20 m}}]}\n"
                "correlate:\n  - {of: [v_ego, ttc], rho: -0.4}\n  - {of: [ttc, rain, fog], rho: "
                "0.5}\n");
    text = with(text, "environment:\n", "environment:\n  rain: $rain\n  fog: $fog\n");
    const Scenario scenario = good(text);
    std::map<std::string, std::vector<double>> drawn;
    for (std::uint32_t i = 0; i < kCount; ++i) {
      Variant which;
      which.seed = 7;
      which.index = i;
      for (const auto& [name, value] : draw_parameters(scenario, sampler_of(scenario, which))) {
        drawn[name].push_back(value.number);
      }
    }
    const std::tuple<const char*, const char*, double> wanted[] = {
        {"v_ego", "ttc", -.4}, {"ttc", "rain", .5},  {"ttc", "fog", .5},
        {"rain", "fog", .5},   {"v_ego", "rain", 0}, {"v_ego", "impact", 0}};
    for (const auto& [a, b, rho] : wanted) {
      const double found = rank_correlation(drawn[a], drawn[b]);
      std::printf("  %-15s %s, %s: %.4f for %.1f\n", method, a, b, found, rho);
      EXPECT_NEAR(found, rho, 0.03) << method << a << b;
    }
    // Marginals stay what they were.
    double rain = 0;
    for (const double x : drawn["rain"]) rain += x < 3 ? 1.0 / kCount : 0;
    EXPECT_NEAR(rain, 0.5, 0.02);
  }
}

TEST_F(SamplingTest, CorrelatingMovesNobodyElse) {
  const Scenario free = good(kGood);
  const Scenario tied =
      good(with(kGood, "require:", "correlate: [{of: [v_ego, ttc], rho: 0.6}]\nrequire:"));
  for (std::uint32_t i = 0; i < 20; ++i) {
    auto a = parameters(free, i), b = parameters(tied, i);
    if (draw(free, i).attempt != draw(tied, i).attempt) continue;
    EXPECT_EQ(a.at("v_ego"), b.at("v_ego"));  // the first keeps its draw
    EXPECT_NE(a.at("ttc"), b.at("ttc"));
    EXPECT_EQ(a.at("van"), b.at("van"));
  }
}

TEST_F(SamplingTest, RowsComeFirst) {
  const std::string params =
      "params:\n  a: {choice: {x: 5, y: 1, z: 0}}\n  b: {integer: 1 .. 5}\n"
      "  c: {steps: 0 .. 3 m, by: 1 m}\n";
  const std::string text = with(kGood, "params:\n", params);
  for (const char* method : kMethods) {
    const Scenario scenario =
        good(sampled("{method: " + std::string(method) +
                         ", count: 40, seed: 7, cover: [a, b, c, ttc], levels: {ttc: 3}}",
                     text));
    std::set<std::string> ab, bc, ct;
    for (std::uint32_t i = 0; i < scenario.sample.rows.rows.size(); ++i) {
      const Variant v = draw(scenario, i);
      const auto& p = v.parameters;
      // Thirds of the cut normal, by its quantiles.
      const double t = v.parameter_values.at("ttc");
      const Value& ttc = scenario.parameters[4].value;
      const std::string third = t < ttc.distribution->at(1 / 3.).number   ? "low"
                                : t < ttc.distribution->at(2 / 3.).number ? "middle"
                                                                          : "high";
      ab.insert(p.at("a") + p.at("b"));
      bc.insert(p.at("b") + p.at("c"));
      ct.insert(p.at("c") + third);
    }
    EXPECT_EQ(ab.size(), 10u);  // z has no weight
    EXPECT_EQ(bc.size(), 20u);
    EXPECT_EQ(ct.size(), 12u);
    EXPECT_LE(scenario.sample.rows.rows.size(), 25u);
    // Behind the rows nothing is moved.
    const Scenario plain =
        good(sampled("{method: " + std::string(method) + ", count: 40, seed: 7}", text));
    for (std::uint32_t i = 25; i < 40; ++i)
      EXPECT_EQ(parameters(plain, i), parameters(scenario, i));
  }
}

TEST_F(SamplingTest, ForbiddenCombinationsNeverCome) {
  const std::string text = with(kGood, "params:\n",
                                "params:\n  beam: {choice: [low, high]}\n"
                                "  road: {choice: [dry, damp, wet]}\n  many: {integer: 1 .. 3}\n");
  const Scenario scenario =
      good(sampled("{count: 60, seed: 7, cover: [beam, road, many], forbid: [{beam: high, road: "
                   "wet}, $many == 3 "
                   "and $road == dry]}",
                   text));
  std::set<std::string> pairs;
  for (std::uint32_t i = 0; i < 60; ++i) {
    const Variant v = draw(scenario, i);
    const auto& p = v.parameters;
    EXPECT_FALSE(p.at("beam") == "high" && p.at("road") == "wet");
    EXPECT_FALSE(p.at("many") == "3" && p.at("road") == "dry");
    if (i >= scenario.sample.rows.rows.size()) continue;
    pairs.insert(p.at("beam") + p.at("road"));
    pairs.insert(p.at("many") + p.at("road"));
    pairs.insert(p.at("many") + p.at("beam"));
  }
  EXPECT_EQ(pairs.size(), 5u + 8 + 6);
  // A bound of `require` on covered parameters counts the same.
  const Scenario required = good(
      sampled("{cover: [beam, road]}",
              with(text, "require:\n", "require:\n  - not ($beam == high and $road == wet)\n")));
  EXPECT_EQ(required.sample.rows.rows.size(), 5u);
  EXPECT_EQ(required.sample.count, 5u);
}

TEST_F(SamplingTest, Grids) {
  const Scenario scenario =
      good(sampled("{method: grid, cover: [van, impact, v_ego], levels: {v_ego: 4}}",
                   with(kGood, "> 6 m", "> 0 m")));
  EXPECT_EQ(scenario.sample.count, 24u);
  std::set<std::string> all;
  std::set<double> speeds;
  for (std::uint32_t i = 0; i < 24; ++i) {
    const Variant v = draw(scenario, i);
    all.insert(v.parameters.at("van") + v.parameters.at("impact") + v.parameters.at("v_ego"));
    speeds.insert(std::round(v.parameter_values.at("v_ego") * 3.6e6) / 1e6);
  }
  EXPECT_EQ(all.size(), 24u);
  EXPECT_EQ(speeds, (std::set<double>{23.75, 31.25, 38.75, 46.25}));
  const Scenario everything = good(sampled("{method: grid}"));
  EXPECT_EQ(everything.sample.count, 6u);  // van and impact
  EXPECT_EQ(draw(everything, 3).parameters.at("van"), draw(everything, 9).parameters.at("van"));
}

TEST_F(SamplingTest, MistakesAreToldWhereTheyStand) {
  const std::pair<const char*, const char*> mistakes[] = {
      {"{method: sobol, first: [v_eog]}",
       "35:33: unknown parameter '$v_eog'; did you mean 'v_ego'?"},
      {"{first: [v_ego]}", "35:17: first: means something to method sobol only"},
      {"{cover: [v_ego]}",
       "35:17: 'v_ego' is no list of options; say how finely it is cut: {levels: {v_ego: 5}}"},
      {"{ways: 3}", "35:16: ways: says nothing without 'cover'"},
      {"{cover: [van], levels: {ttc: 3}}", "35:32: levels: 'ttc' is not in 'cover'"},
      {"{cover: [van, van]}", "35:23: 'van' stands twice here"},
      {"{forbid: [{van: car.sedan}, {van: van.panel}], cover: [van]}",
       "35:63: every combination is forbidden"},
      {"{count: 0}", "35:17: count: expected 1 to 999999"},
      {"{ways: 9, cover: [van]}", "35:16: ways: expected 1 to 6"},
      {"{method: grid, cover: [v_ego, ttc], levels: {v_ego: 1000, ttc: 1000}}",
       "35:31: a grid of more than 100,000 rows"}};
  for (const auto& [sample, told] : mistakes) {
    const std::string all = problems(sampled(sample));
    EXPECT_EQ(all.substr(0, all.find('\n')), told) << sample;
  }
  const auto told = [&](const std::string& entries) {
    return problems(with(kGood, "require:", "correlate: " + entries + "\nrequire:"));
  };
  EXPECT_EQ(told("[{of: [v_ego, ttc], rho: 1.2}]"),
            "10:37: rho: expected a number between -1 and 1");
  EXPECT_EQ(told("[{of: [v_ego], rho: 0.2}]"),
            "10:18: of: expected a list of two parameters or more");
  EXPECT_NE(told("[{of: [v_ego, tct], rho: 0.2}]").find("did you mean 'ttc'?"), std::string::npos);
  EXPECT_NE(told("[{of: [v_ego, ttc], rho: 0.2}, {of: [ttc, v_ego], rho: 0.3}]")
                .find("'ttc' and 'v_ego' are correlated twice"),
            std::string::npos);
  EXPECT_NE(told("[{of: [v_ego, ttc, impact], rho: -0.9}]")
                .find("these correlations cannot hold together: v_ego, ttc, impact"),
            std::string::npos);
  EXPECT_NE(told("[{of: [v_ego, ttc], rho: 0.9}, {of: [ttc, impact], rho: 0.9}, {of: [v_ego, "
                 "impact], rho: -0.9}]")
                .find("cannot hold together"),
            std::string::npos);
}

TEST_F(SamplingTest, TooFewSamplesForTheRowsAreAWarning) {
  const Scenario scenario = good(sampled("{cover: [van, impact], count: 3}"));
  EXPECT_EQ(core::to_string(scenario.warnings),
            file() + ":35:39: warning: 3 samples do not reach through 6 rows");
}

}  // namespace
}  // namespace oddroad::scenario
