#include <cmath>
#include <map>

#include "engine/core/random.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

using DrawTest = ScenarioTest;

TEST_F(DrawTest, AVariantHasEverythingFixed) {
  const Scenario scenario = good(kGood);
  const Variant v = draw(scenario, 0);
  EXPECT_EQ(v.scenario, "test-crossing");
  ASSERT_EQ(v.actors.size(), 7u);
  EXPECT_EQ(v.actors[v.ego].name, "ego");
  EXPECT_EQ(v.actors[0].drive->speed_mps, v.parameter_values.at("v_ego"));
  EXPECT_FALSE(v.actors[0].drive->react);
  EXPECT_EQ(v.actors[1].model.type, v.parameters.at("van"));
  EXPECT_EQ(v.actors[1].at.kind, PlacementKind::kAheadOf);
  EXPECT_DOUBLE_EQ(v.actors[1].at.by_m, 60);
  const VariantActor& child = v.actors[2];
  EXPECT_GE(child.model.numbers.at("height"), 1.05);
  EXPECT_LE(child.model.numbers.at("height"), 1.35);
  ASSERT_EQ(child.actions.size(), 1u);
  EXPECT_EQ(child.actions[0].verb, "run");
  EXPECT_EQ(child.actions[0].across, "ego");
  EXPECT_EQ(child.actions[0].when.quantity, "path_ttc");
  EXPECT_EQ(child.actions[0].when.op, "<=");
  EXPECT_EQ(child.actions[0].when.value, v.parameter_values.at("ttc"));
  EXPECT_EQ(v.actors[3].name, "parked.1");
  EXPECT_EQ(v.actors[6].name, "parked.4");
  ASSERT_EQ(v.actors[6].at.gaps_m.size(), 4u);
  EXPECT_EQ(v.actors[6].at.gaps_m[1], v.actors[4].at.gaps_m[1]);
  EXPECT_NE(v.actors[6].at.gaps_m[0], v.actors[6].at.gaps_m[1]);
  EXPECT_NE(v.actors[3].model.seed, v.actors[4].model.seed);
  ASSERT_EQ(v.end.kind, Condition::Kind::kOr);
  EXPECT_EQ(v.end.terms[1].for_s, 2);
  EXPECT_DOUBLE_EQ(v.max_duration_s, 20);
  EXPECT_EQ(v.map_path, (folder_ / "m.xodr").string());
  EXPECT_GT(v.parameter_values.at("v_ego") * v.parameter_values.at("ttc"), 6);
}

TEST_F(DrawTest, SameSeedSameVariantOtherSeedOther) {
  const Scenario scenario = good(kGood);
  EXPECT_EQ(draw(scenario, 3).parameters, draw(scenario, 3).parameters);
  EXPECT_EQ(draw(scenario, 3).environment.sun_azimuth_rad,
            draw(scenario, 3).environment.sun_azimuth_rad);
  EXPECT_NE(draw(scenario, 3).parameters, draw(scenario, 4).parameters);
  EXPECT_NE(draw(scenario, 3, 7).parameters, draw(scenario, 3, 8).parameters);
}

TEST_F(DrawTest, NothingElseMovesADraw) {
  const Scenario before = good(kGood);
  std::string text = with(kGood, "  v_ego:", "  first: 1 .. 2 m\n  # a comment\n  v_ego:");
  text = with(text, "  parked:",
              "  cone: {type: traffic_cone, at: {ahead_of: ego, by: 9 .. 12 m}}\n  parked:");
  const Scenario after = good(text, {"environment.rain=0 .. 5 mm/h"});
  for (std::uint32_t i = 0; i < 50; ++i) {
    const Variant a = draw(before, i);
    Variant b = draw(after, i);
    EXPECT_EQ(a.attempt, b.attempt);
    b.parameters.erase("first");
    EXPECT_EQ(a.parameters, b.parameters);
    EXPECT_EQ(a.environment.sun_azimuth_rad, b.environment.sun_azimuth_rad);
    EXPECT_EQ(a.site, b.site);
    EXPECT_EQ(a.actors[2].model, b.actors[2].model);
    EXPECT_EQ(a.actors.back().model, b.actors.back().model);
    EXPECT_EQ(a.actors.back().at.gaps_m, b.actors.back().at.gaps_m);
  }
  EXPECT_NE(before.content_hash, after.content_hash);
}

TEST_F(DrawTest, RejectionStaysWithinItsVariant) {
  const Scenario all = good(with(kGood, "> 6 m", "> 0 m"));
  const Scenario some = good(with(kGood, "> 6 m", "> 14 m"));
  int same = 0, retried = 0;
  for (std::uint32_t i = 0; i < 100; ++i) {
    const Variant a = draw(all, i);
    const Variant b = draw(some, i);
    EXPECT_EQ(a.attempt, 0u);
    EXPECT_EQ(b.attempt == 0, a.parameters == b.parameters) << i;
    same += b.attempt == 0;
    retried += b.attempt > 0;
  }
  EXPECT_GT(same, 20);
  EXPECT_GT(retried, 20);
}

TEST_F(DrawTest, ImpossibleBoundsNameWhatRejected) {
  std::string text =
      with(kGood, "  - $v_ego * $ttc > 6 m", "  - $v_ego * $ttc > 6 m\n  - $v_ego > 200 km/h");
  const auto variant = draw_variant(good(text), 1, 5, OneSite(), nullptr);
  ASSERT_FALSE(variant);
  const core::Diagnostic error = variant.error().items().at(0);
  EXPECT_EQ(error.where.line, 12);
  EXPECT_NE(error.message.find("variant 5: acceptance rate below 1 %: none of 100 attempts passed"),
            std::string::npos);
  EXPECT_NE(error.message.find("failed '$v_ego > 200 km/h'"), std::string::npos);
  EXPECT_NE(error.hint.find("failed '$v_ego * $ttc > 6 m'"), std::string::npos);
}

class CountingProbe : public VariantProbe {
 public:
  core::Result<bool> holds(const Variant& variant, const HiddenQuery& query) override {
    queries.push_back(query);
    return variant.attempt >= 3;
  }
  std::optional<core::Diagnostics> placement_problem(const Variant& variant) override {
    if (variant.attempt >= 2) return std::nullopt;
    core::Diagnostics out;
    out.error({}, "the van stands in the ego");
    return out;
  }
  std::vector<HiddenQuery> queries;
};

TEST_F(DrawTest, TheProbeDecidesOnSightAndPlacement) {
  const Scenario scenario =
      good(with(kGood, "  - $v_ego * $ttc > 6 m",
                "  - {hidden: child, from: ego, until_ttc: $ttc, below: 5 %}"));
  CountingProbe probe;
  const auto variant = draw_variant(scenario, 1, 0, OneSite(), &probe);
  ASSERT_TRUE(variant);
  EXPECT_EQ(variant->attempt, 3u);
  ASSERT_EQ(probe.queries.size(), 2u);
  EXPECT_EQ(probe.queries[1].target, "child");
  EXPECT_EQ(probe.queries[1].from, "ego");
  EXPECT_EQ(probe.queries[1].until_ttc_s, variant->parameter_values.at("ttc"));
  EXPECT_DOUBLE_EQ(probe.queries[1].below, 0.05);
}

// Distributions: mean and limits within five standard errors.
TEST_F(DrawTest, DistributionsHaveTheirMoments) {
  const Scenario scenario = good(with(kGood, "> 6 m", "> 0 m"));
  const int count = 4000;
  double sum_v = 0, sum_t = 0;
  std::map<std::string, int> impacts, vans;
  for (int i = 0; i < count; ++i) {
    const Variant v = draw(scenario, static_cast<std::uint32_t>(i));
    const double speed = v.parameter_values.at("v_ego") * 3.6;
    const double ttc = v.parameter_values.at("ttc");
    EXPECT_GT(speed, 20);
    EXPECT_LT(speed, 50);
    EXPECT_GE(ttc, 0.8);
    EXPECT_LE(ttc, 3.0);
    sum_v += speed;
    sum_t += ttc;
    ++impacts[v.parameters.at("impact")];
    ++vans[v.parameters.at("van")];
  }
  EXPECT_NEAR(sum_v / count, 35, 5 * 30 / std::sqrt(12.0 * count));
  // Mean of a normal distribution cut at a and b: m + sd * (pdf(a) - pdf(b)) / (cdf(b) - cdf(a)).
  const double a = (0.8 - 1.6) / 0.5, b = (3.0 - 1.6) / 0.5;
  const auto pdf = [](double x) {
    return std::exp(-x * x / 2) / std::sqrt(2 * M_PI);
  };
  const double mean = 1.6 + 0.5 * (pdf(a) - pdf(b)) / (core::normal_cdf(b) - core::normal_cdf(a));
  EXPECT_NEAR(sum_t / count, mean, 5 * 0.5 / std::sqrt(count));
  const double deviation = 5 * std::sqrt(count * 0.25);
  EXPECT_NEAR(impacts.at("0.25"), count / 4, deviation);
  EXPECT_NEAR(impacts.at("0.5"), count / 2, deviation);
  EXPECT_NEAR(impacts.at("0.75"), count / 4, deviation);
  EXPECT_NEAR(vans.at("van.panel"), count / 2, deviation);
}

TEST_F(DrawTest, TailsOfACutNormalAreDrawnExactly) {
  const Scenario scenario = good(with(with(kGood, "normal: 1.6 s, sd: 0.5 s, in: 0.8 .. 3.0 s",
                                           "normal: 0 s, sd: 0.1 s, in: 2 .. 3 s"),
                                      "> 6 m", "> 0 m"));
  double sum = 0;
  for (std::uint32_t i = 0; i < 500; ++i) {
    const double x = draw(scenario, i).parameter_values.at("ttc");
    EXPECT_GE(x, 2);
    EXPECT_LT(x, 2.2);
    sum += x - 2;
  }
  // Beyond z deviations the tail falls like exp(-z x): mean sd / z to first order (z = 20).
  EXPECT_NEAR(sum / 500, 0.1 / 20.05, 5 * 0.005 / std::sqrt(500.0));
}

TEST_F(DrawTest, ExpressionsAndWords) {
  std::string text = with(kGood, "by: 60 m", "by: $v_ego * ($ttc + 1 s) / 2 - 3 m");
  text = with(text, "  - $v_ego * $ttc > 6 m",
              "  - not ($van == car.sedan or $impact == 50 %)\n  - ($v_ego + 1 m/s) * 2 > 3 m/s");
  const Scenario scenario = good(text);
  for (std::uint32_t i = 0; i < 20; ++i) {
    const Variant v = draw(scenario, i);
    EXPECT_EQ(v.parameters.at("van"), "van.panel");
    EXPECT_NE(v.parameters.at("impact"), "0.5");
    EXPECT_DOUBLE_EQ(v.actors[1].at.by_m,
                     v.parameter_values.at("v_ego") * (v.parameter_values.at("ttc") + 1) / 2 - 3);
  }
}

TEST_F(DrawTest, WrongDrawsAreErrorsOfTheirKey) {
  const Scenario infinite = good(with(kGood, "by: 60 m", "by: 60 m / (1 - 1)"));
  const auto a = draw_variant(infinite, 1, 0, OneSite(), nullptr);
  ASSERT_FALSE(a);
  EXPECT_EQ(a.error().items()[0].message, "'actors.van.at.by' is not a finite number");
  const Scenario half = good(with(kGood, "many: 4", "many: 5 / 2"));
  const auto b = draw_variant(half, 1, 0, OneSite(), nullptr);
  ASSERT_FALSE(b);
  EXPECT_EQ(b.error().items()[0].message, "'actors.parked.many' is 2.5, expected a whole number");
  const Scenario negative = good(with(kGood, "speed: $v_ego", "speed: $v_ego - 60 km/h"));
  const auto c = draw_variant(negative, 1, 0, OneSite(), nullptr);
  ASSERT_FALSE(c);
  EXPECT_EQ(c.error().items()[0].where.line, 19);
  const Scenario absent = good(with(kGood, "child.crossed", "parked.9.stopped"));
  const auto d = draw_variant(absent, 1, 0, OneSite(), nullptr);
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().items()[0].message, "there is no 'parked.9' in this variant");
}

TEST_F(DrawTest, OverridesReplaceAndAdd) {
  const Scenario scenario = good(kGood, {"params.v_ego=36 km/h", "environment.sun.elevation=45 deg",
                                         "environment.rain=2 mm/h", "record.duration=3 s"});
  const Variant v = draw(scenario, 0);
  EXPECT_DOUBLE_EQ(v.actors[0].drive->speed_mps, 10);
  EXPECT_DOUBLE_EQ(v.environment.sun_elevation_rad, M_PI / 4);
  EXPECT_DOUBLE_EQ(v.environment.rain_mm_per_h, 2);
  EXPECT_DOUBLE_EQ(v.max_duration_s, 3);
}

TEST_F(DrawTest, TheHashKnowsContentNotLooks) {
  const std::string hash = good(kGood).content_hash;
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(good(with(kGood, "params:", "# remark\nparams:")).content_hash, hash);
  EXPECT_EQ(good(with(kGood, "rig: r.yaml", "rig: \"./r.yaml\"")).content_hash, hash);
  EXPECT_EQ(good(with(kGood, "count: 8", "count: 9")).content_hash, hash);
  EXPECT_NE(good(with(kGood, "60 m", "61 m")).content_hash, hash);
  EXPECT_NE(good(kGood, {"params.v_ego=36 km/h"}).content_hash, hash);
  std::ofstream(folder_ / "m.xodr") << "another map";
  EXPECT_NE(good(kGood).content_hash, hash);
}

TEST_F(DrawTest, ParkedCarsAreAShareOfTheirPlaces) {
  const auto share = [&](const std::string& traffic) {
    return draw(good(with(kGood, "actors:", traffic + "actors:")), 0).parked_share;
  };
  EXPECT_EQ(share(""), kParkedShare);
  EXPECT_EQ(share("traffic: {density: 10}\n"), kParkedShare);
  EXPECT_EQ(share("traffic: {density: 10, parked: 0}\n"), 0);
  EXPECT_DOUBLE_EQ(share("traffic: {parked: 85 %}\n"), .85);
  const double drawn = share("traffic: {parked: 20 .. 40 %}\n");
  EXPECT_GE(drawn, .2);
  EXPECT_LE(drawn, .4);
  EXPECT_NE(problems(with(kGood, "actors:", "traffic: {parked: 3}\nactors:")), "fine");
  EXPECT_NE(problems(with(kGood, "actors:", "traffic: {}\nactors:")), "fine");
}

TEST_F(DrawTest, SiteOffsetsAndAbsolutePlaces) {
  const Scenario a = good(with(kGood, "site: start,", "site: start + 15 m * 2,"));
  EXPECT_DOUBLE_EQ(draw(a, 0).actors[0].at.offset_m, 30);
  const Scenario b = good(with(kGood, "site: start,", "site: start - 5 m,"));
  EXPECT_DOUBLE_EQ(draw(b, 0).actors[0].at.offset_m, -5);
  const Scenario c =
      good(with(kGood, "{site: start, lane: driving}", "{road: '7', s: 12 m, lane: -2}"));
  const Placement at = draw(c, 0).actors[0].at;
  EXPECT_EQ(at.kind, PlacementKind::kRoad);
  EXPECT_EQ(at.road_id, "7");
  EXPECT_EQ(at.lane_id, -2);
}

// A door that opens is a part of its own, which models have only where it is asked for.
TEST_F(DrawTest, WhoOpensADoorHasOneThatOpens) {
  const std::string text = with(kGood, "at: {ahead_of: ego, by: 60 m, lane: parking}\n",
                                "at: {ahead_of: ego, by: 60 m, lane: parking}\n    do:\n      - "
                                "open_door: {angle: 60 deg}\n");
  const auto door = [](const Variant& variant) {
    return variant.actors[1].model.numbers.contains("door");
  };
  EXPECT_TRUE(door(draw(good(text), 0)));
  EXPECT_FALSE(door(draw(good(kGood), 0)));
}

}  // namespace
}  // namespace oddroad::scenario
