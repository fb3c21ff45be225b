// Distributions: closed forms, and draws against distribution functions written down here again.
#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/core/random.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

double phi(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}
// Of a distribution cut to a .. b.
double cut(const std::function<double(double)>& cdf, double a, double b, double x) {
  return std::clamp((cdf(x) - cdf(a)) / (cdf(b) - cdf(a)), 0.0, 1.0);
}

class DistributionTest : public ScenarioTest {
 protected:
  void SetUp() override {
    ScenarioTest::SetUp();
    std::ofstream(folder_ / "speeds.csv")
        << "# measured\nroad,speed,\"kind, coarse\"\nA,31.5,car\r\nB,28,van\n\nA,36,car\n"
           "C,44.25,\"car\"\n";
  }
  // The value of a parameter `x` written like this.
  [[nodiscard]] Value value_of(const std::string& text) const {
    const Scenario scenario = good(with(kGood, "params:\n", "params:\n  x: " + text + "\n"));
    if (scenario.parameters.empty()) return {};
    EXPECT_EQ(scenario.parameters[0].name, "x");
    return scenario.parameters[0].value;
  }
  [[nodiscard]] double at(const std::string& text, double u) const {
    return draw_value(value_of(text), u, {}).number;
  }
  [[nodiscard]] std::string problem_of(const std::string& text) const {
    return problems(with(kGood, "params:\n", "params:\n  x: " + text + "\n"));
  }
};

// Kolmogorov's distribution: how likely a largest distance of `d` or more is by chance.
double kolmogorov_p(double d, int count) {
  const double root = std::sqrt(count);
  const double t = (root + 0.12 + 0.11 / root) * d;
  double p = 0;
  for (int k = 1; k <= 100; ++k) p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * t * t);
  return std::clamp(p, 0.0, 1.0);
}

struct Law {
  const char* name;
  const char* text;
  std::function<double(double)> cdf;  // at or below x
};

std::vector<Law> laws() {
  const auto normal = [](double m, double s) {
    return [=](double x) {
      return phi((x - m) / s);
    };
  };
  const auto lognormal = [](double median, double s) {
    return [=](double x) {
      return x <= 0 ? 0.0 : phi(std::log(x / median) / s);
    };
  };
  return {
      {"range", "2 .. 7 m",
       [](double x) {
         return (x - 2) / 5;
       }},
      {"normal", "{normal: 1.6 s, sd: 0.5 s, in: 0.8 .. 3.0 s}",
       [=](double x) {
         return cut(normal(1.6, .5), .8, 3, x);
       }},
      {"normal, upper tail", "{normal: 0 m, sd: 1 m, in: 3 .. 9 m}",
       [=](double x) {
         return 1 - cut(normal(0, 1), -9, -3, -x);
       }},
      {"normal, uncut", "{normal: 4 m, sd: 2 m}", normal(4, 2)},
      {"lognormal", "{lognormal: 3 mm/h, sigma: 0.8, in: 0.5 .. 25 mm/h}",
       [=](double x) {
         return cut(lognormal(3, .8), .5, 25, x);
       }},
      {"lognormal, uncut", "{lognormal: 30 m, sigma: 1.2}", lognormal(30, 1.2)},
      {"lognormal, upper tail", "{lognormal: 1 m, sigma: 0.5, in: 4 .. 50 m}",
       [=](double x) {
         return cut(lognormal(1, .5), 4, 50, x);
       }},
      {"histogram", "{histogram: {0 .. 10 m: 1, 10 .. 15 m: 3, 20 .. 40 m: 4}}",
       [](double x) {
         if (x < 10) return x / 80;
         if (x < 15) return .125 + .375 * (x - 10) / 5;
         return .5 + .5 * std::max(x - 20, 0.0) / 20;
       }},
      {"file, smooth", "{file: speeds.csv, column: speed, unit: m/s, smooth: true}",
       [](double x) {
         const double knots[] = {28, 31.5, 36, 44.25};
         int k = 0;
         while (k < 2 && x > knots[k + 1]) ++k;
         return (k + (x - knots[k]) / (knots[k + 1] - knots[k])) / 3;
       }},
      {"mixture", "{mixture: [{of: {normal: 3 m, sd: 1 m}, weight: 3}, {of: 8 .. 9 m, weight: 1}]}",
       [=](double x) {
         return .75 * normal(3, 1)(x) + .25 * std::clamp(x - 8, 0.0, 1.0);
       }},
      {"mixture of mixtures",
       "{mixture: [{of: {mixture: [{of: 0 .. 1 m}, {of: 3 .. 4 m}]}}, "
       "{of: {lognormal: 2 m, sigma: 0.3}}]}",
       [=](double x) {
         return .25 * (std::clamp(x, 0.0, 1.0) + std::clamp(x - 3, 0.0, 1.0)) +
                .5 * lognormal(2, .3)(x);
       }},
  };
}

TEST_F(DistributionTest, DrawsFollowTheirLaw) {
  constexpr int kCount = 10'000;
  for (const Law& law : laws()) {
    const Value value = value_of(law.text);
    std::vector<double> shares;
    core::RandomStream stream(5, law.name);
    for (int i = 0; i < kCount; ++i) {
      shares.push_back(law.cdf(draw_value(value, stream.uniform(), {}).number));
    }
    std::sort(shares.begin(), shares.end());
    double farthest = 0;
    for (int i = 0; i < kCount; ++i) {
      const double share = shares[static_cast<std::size_t>(i)];
      farthest =
          std::max({farthest, share - static_cast<double>(i) / kCount, (i + 1.0) / kCount - share});
    }
    const double p = kolmogorov_p(farthest, kCount);
    RecordProperty(law.name, std::to_string(p));
    std::printf("  %-22s p = %.3f\n", law.name, p);
    EXPECT_GT(p, 0.001) << law.name;
  }
}

// The inverse of the inverse.
TEST_F(DistributionTest, ShareBelowADrawIsItsNumber) {
  for (const Law& law : laws()) {
    const Value value = value_of(law.text);
    double last = -1e300;
    for (int k = 1; k < 200; ++k) {
      const double u = k / 200.0;
      const double x = draw_value(value, u, {}).number;
      EXPECT_NEAR(value.distribution->share_below(x), u, 1e-9) << law.name;
      EXPECT_NEAR(law.cdf(x), u, 1e-9) << law.name;
      EXPECT_GE(x, last) << law.name;
      last = x;
    }
  }
}

// Chi-squared of lists; the 0.999 point for k - 1 degrees of freedom by Wilson and Hilferty.
TEST_F(DistributionTest, ListsAreDrawnByTheirWeights) {
  const std::pair<const char*, std::map<double, double>> lists[] = {
      {"{integer: 2 .. 5}", {{2, .25}, {3, .25}, {4, .25}, {5, .25}}},
      {"{integer: -1 .. 1}", {{-1, 1 / 3.}, {0, 1 / 3.}, {1, 1 / 3.}}},
      {"{steps: 0 .. 1 m, by: 0.25 m}", {{0, .2}, {.25, .2}, {.5, .2}, {.75, .2}, {1, .2}}},
      {"{steps: 0 .. 1 m, by: 0.4 m}", {{0, 1 / 3.}, {.4, 1 / 3.}, {.8, 1 / 3.}}},
      {"{choice: {25 %: 1, 50 %: 2, 75 %: 1}}", {{.25, .25}, {.5, .5}, {.75, .25}}},
      {"{file: speeds.csv, column: speed}", {{28, .25}, {31.5, .25}, {36, .25}, {44.25, .25}}},
      {"{mixture: [{of: {integer: 0 .. 1}, weight: 1}, {of: {choice: [7, 1]}, weight: 1}]}",
       {{0, .25}, {1, .5}, {7, .25}}}};
  constexpr int kCount = 10'000;
  for (const auto& [text, shares] : lists) {
    const Value value = value_of(text);
    std::map<double, int> counts;
    core::RandomStream stream(6, text);
    for (int i = 0; i < kCount; ++i) ++counts[draw_value(value, stream.uniform(), {}).number];
    double chi2 = 0;
    for (const auto& [number, share] : shares) {
      ASSERT_EQ(counts.count(number), 1u) << text << number;
      chi2 += std::pow(counts[number] - share * kCount, 2) / (share * kCount);
    }
    EXPECT_EQ(counts.size(), shares.size()) << text;
    const double freedom = static_cast<double>(shares.size()) - 1, spread = 2 / (9 * freedom);
    EXPECT_LT(chi2, freedom * std::pow(1 - spread + 3.09 * std::sqrt(spread), 3)) << text;
    // Options lie in order, over stretches as long as their shares.
    double reached = 0;
    std::map<double, double> told;
    double total = 0;
    for (const auto& option : value.distribution->options()) total += option.weight;
    for (const auto& option : value.distribution->options()) {
      const double share = option.weight / total;
      told[option.value.number] += share;
      EXPECT_EQ(draw_value(value, reached + share / 2, {}).number, option.value.number) << text;
      reached += share;
    }
    for (const auto& [number, share] : shares) EXPECT_NEAR(told[number], share, 1e-12) << text;
  }
}

TEST_F(DistributionTest, ClosedForms) {
  EXPECT_DOUBLE_EQ(at("{lognormal: 3 mm/h, sigma: 0.8}", 0.5), 3);
  EXPECT_NEAR(at("{lognormal: 3 mm/h, sigma: 0.8}", phi(1)), 3 * std::exp(0.8), 1e-9);
  EXPECT_DOUBLE_EQ(at("{histogram: {0 .. 10 m: 1, 10 .. 20 m: 3}}", 0.25), 10);
  EXPECT_DOUBLE_EQ(at("{histogram: {0 .. 10 m: 1, 10 .. 20 m: 3}}", 0.625), 15);
  EXPECT_DOUBLE_EQ(at("{file: speeds.csv, column: speed, smooth: true}", 0.5), 33.75);
  EXPECT_DOUBLE_EQ(at("{file: speeds.csv, column: speed, unit: km/h}", 0.1), 28 / 3.6);
  // Half of the draws lie on each side of the gap.
  const char* two = "{mixture: [{of: 0 .. 1 m, weight: 1}, {of: 4 .. 6 m, weight: 1}]}";
  EXPECT_DOUBLE_EQ(at(two, 0.5), 1);
  EXPECT_DOUBLE_EQ(at(two, 0.75), 5);
  EXPECT_NEAR(at(two, 0.25), 0.5, 1e-15);
  // A jump is met to the last bit.
  const char* jump = "{mixture: [{of: 0.1 m, weight: 1}, {of: {normal: 0 m, sd: 1 m}, weight: 1}]}";
  for (const double u : {0.3, 0.5, 0.7}) EXPECT_EQ(at(jump, u), 0.1);
  EXPECT_LT(at("{normal: 0 m, sd: 0.1 m, in: -90 .. -80 m}", 0.5), -79.9);
  const Value kind = value_of("{file: speeds.csv, column: \"kind, coarse\"}");
  EXPECT_EQ(draw_value(kind, 0.7, {}).word, "car");
  EXPECT_EQ(draw_value(kind, 0.8, {}).word, "van");
}

TEST_F(DistributionTest, GivenAnotherParameter) {
  const std::string table =
      "params:\n  wet: {choice: {dry: 3, damp: 1, wet: 1}}\n"
      "  y: {given: $wet, cases: {dry: 20 .. 50 km/h, damp: {normal: 30 km/h, sd: 2 km/h}}, "
      "else: 18 km/h}\n"
      "  z: {given: $y, cases: {0 .. 5.2 m/s: low, 5.2 .. 100 m/s: high}, else: other}\n";
  std::string text = with(kGood, "params:\n", table);
  text = with(text, "speed: 3 m/s",
              "speed: {given: $z, cases: {low: 1 m/s, high: 2 .. 3 m/s, "
              "other: 4 m/s}}");
  const Scenario scenario = good(text);
  std::map<std::string, int> seen;
  for (std::uint32_t i = 0; i < 200; ++i) {
    const Variant v = draw(scenario, i);
    const std::string wet = v.parameters.at("wet");
    const double y = v.parameter_values.at("y") * 3.6;
    if (wet == "wet") {
      EXPECT_DOUBLE_EQ(y, 18);
    }
    if (wet == "damp") {
      EXPECT_NEAR(y, 30, 10);
    }
    if (wet == "dry") {
      EXPECT_TRUE(y >= 20 && y <= 50);
    }
    EXPECT_EQ(v.parameters.at("z"), wet == "wet" ? "low" : v.parameters.at("z"));
    const double speed = *v.actors[2].actions[0].speed_mps;
    if (v.parameters.at("z") == "low") {
      EXPECT_EQ(speed, 1);
    } else {
      EXPECT_GE(speed, 2);
    }
    ++seen[wet];
  }
  EXPECT_EQ(seen.size(), 3u);
}

TEST_F(DistributionTest, AnywhereAValueMayStand) {
  std::string text = with(kGood, "gap: 0.2 .. 1.2 m", "gap: {lognormal: 0.5 m, sigma: 0.4}");
  text = with(text, "many: 4", "many: {integer: 2 .. 4}");
  text = with(text, "environment:\n",
              "environment:\n  time: {histogram: {06:00 .. 09:00: 3, 20:00 .. 22:30: 1}}\n");
  const Scenario scenario = good(text);
  std::map<std::size_t, int> pieces;
  for (std::uint32_t i = 0; i < 60; ++i) {
    const Variant v = draw(scenario, i);
    EXPECT_GT(v.actors[2].at.gap_m, 0);
    ++pieces[v.actors.size() - 3];
  }
  EXPECT_EQ(pieces.size(), 3u);
  EXPECT_EQ(pieces.begin()->first, 2u);
}

TEST_F(DistributionTest, FilesBelongToTheScenario) {
  const std::string text =
      with(kGood, "20 .. 50 km/h", "{file: speeds.csv, column: speed, unit: km/h}");
  const Scenario scenario = good(text);
  ASSERT_EQ(scenario.data_files.size(), 1u);
  EXPECT_EQ(scenario.data_files[0].name, "data-files/speeds.csv");
  // A copy elsewhere is the same scenario.
  std::filesystem::create_directories(folder_ / "inputs/data-files");
  std::filesystem::copy_file(folder_ / "speeds.csv", folder_ / "inputs/data-files/speeds.csv");
  const core::YamlNode moved =
      with_data_files(scenario.resolved, scenario.data_files, [](const DataFile& file) {
        return "inputs/" + file.name;
      });
  const Scenario again = good(core::yaml_text(moved));
  EXPECT_EQ(again.content_hash, scenario.content_hash);
  EXPECT_EQ(again.data_files[0].path, (folder_ / "inputs/data-files/speeds.csv").string());
  EXPECT_EQ(again.data_files[0].name, scenario.data_files[0].name);
  EXPECT_EQ(draw(again, 5).parameters, draw(scenario, 5).parameters);
  std::ofstream(folder_ / "speeds.csv", std::ios::app) << "D,50,car\n";
  EXPECT_NE(good(text).content_hash, scenario.content_hash);
  // Two files of one name do not become one.
  std::filesystem::create_directories(folder_ / "other");
  std::filesystem::copy_file(folder_ / "speeds.csv", folder_ / "other/speeds.csv");
  const Scenario two =
      good(with(text, "params:\n", "params:\n  a: {file: other/speeds.csv, column: speed}\n"));
  ASSERT_EQ(two.data_files.size(), 2u);
  EXPECT_NE(two.data_files[0].name, two.data_files[1].name);
}

TEST_F(DistributionTest, MistakesAreToldWhereTheyStand) {
  const std::pair<const char*, const char*> mistakes[] = {
      {"{lognormal: 3 mm/h}", "6:6: distribution: key 'sigma' is missing"},
      {"{lognormal: -3 m, sigma: 1}", "6:6: a lognormal distribution lies above 0"},
      {"{lognormal: 3 m, sigma: 0}", "6:30: sigma must be above 0"},
      {"{lognormal: 3 m, sigma: 1, in: 1 .. 2 s}",
       "6:37: expected a range of a length like '3 m', found '1 .. 2 s'"},
      {"{integer: 2 .. 4.5}",
       "6:16: expected whole numbers without a unit like '2 .. 5', found '2 .. 4.5'"},
      {"{steps: 0 .. 1 m, by: 1 s}", "6:28: expected a length like '3 m', found '1 s'"},
      {"{steps: 0 .. 1 km, by: 1 m, from: 2}", "6:34: unknown key 'from'; there are steps, by"},
      {"{histogram: {0 .. 2 m: 1, 1 .. 3 m: 1}}", "6:32: bins stand in order and do not overlap"},
      {"{histogram: {0 .. 2 m: 0}}",
       "6:18: all weights are 0; one of them at least must be above 0"},
      {"{mixture: [{of: van}]}",
       "6:22: a mixture is one of numbers; words are drawn by {choice: "
       "{a: 3, b: 1}}"},
      {"{mixture: [{of: 1 m}, {of: 1 s}]}",
       "6:33: parts must be alike: a length like '3 m' and a time like '2 s'"},
      {"{mixture: [{of: 1 m, wieght: 2}]}", "6:27: unknown key 'wieght'; did you mean 'weight'?"},
      {"{uniform: 1 .. 2 m}",
       "6:6: expected a distribution: {normal: ..., sd: ..., in: ...} or {choice: ...}; a range is "
       "uniform: write '20 .. 50 km/h'"},
      {"{given: $van, cases: {a: 1}}",
       "6:15: unknown parameter '$van'; it stands further down: move it above this one"},
      {"{given: van, cases: {a: 1}}", "6:14: expected a parameter like '$weather', found 'van'"}};
  for (const auto& [text, told] : mistakes) {
    const std::string all = problem_of(text);
    EXPECT_EQ(all.substr(0, all.find('\n')), told) << text;
  }
  const auto last = [&](const std::string& text) {
    return problems(with(kGood, "require:", "  x: " + text + "\nrequire:"));
  };
  EXPECT_EQ(last("{given: $van, cases: {van.panel: 1 m}}"),
            "10:6: no case for car.sedan; add them, or 'else'");
  EXPECT_EQ(last("{given: $van, cases: {van.panel: 1 m, car.sedan: 2 s}}"),
            "10:55: cases must be alike: a length like '3 m' and a time like '2 s'");
  EXPECT_EQ(last("{given: $van, cases: {3: 1 m}, else: 2 m}"),
            "10:28: '$van' is a word, this case is a number without a unit");
  EXPECT_EQ(last("{given: $v_ego, cases: {0 .. 30 km/h: 1 m, 31 .. 60 km/h: 2 m}}"),
            "10:6: not all that '$v_ego' can be has a case; add them, or 'else'");
}

TEST_F(DistributionTest, MistakesInFilesAreToldThere) {
  EXPECT_NE(problem_of("{file: nowhere.csv, column: v}").find("6:13: "), std::string::npos);
  EXPECT_NE(problem_of("{file: speeds.csv, column: sped}")
                .find("has no column 'sped'; did you mean 'speed'?"),
            std::string::npos);
  EXPECT_NE(problem_of("{file: speeds.csv, column: speed, unit: kmh}").find("unknown unit 'kmh'"),
            std::string::npos);
  std::ofstream(folder_ / "bad.csv") << "v,w\n1,2\nx,3\n,4\n5\n";
  EXPECT_NE(problem_of("{file: bad.csv, column: v}").find("bad.csv:4: there is no value"),
            std::string::npos)
      << problem_of("{file: bad.csv, column: v}");
  EXPECT_NE(problem_of("{file: bad.csv, column: w}").find("bad.csv:5: "), std::string::npos);
  std::ofstream(folder_ / "words.csv") << "v\n1\nx\n";
  EXPECT_NE(problem_of("{file: words.csv, column: v}").find("words.csv:3: "), std::string::npos);
  std::ofstream(folder_ / "empty.csv") << "v\n";
  EXPECT_NE(problem_of("{file: empty.csv, column: v}").find("there is no line"), std::string::npos);
}

}  // namespace
}  // namespace oddroad::scenario
