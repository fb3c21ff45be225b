// randomize: what a scenario leaves open.
#include <cmath>
#include <set>

#include "engine/scenario/randomize_variant.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

const std::string kOpen =
    with(kGood, "environment:\n  sun: {elevation: 10 deg, azimuth: 0 .. 360 deg}\n", "");

class RandomizeTest : public ScenarioTest {
 protected:
  static std::string text(const std::string& randomize, const std::string& base = kOpen) {
    return base + "randomize: " + randomize + "\n";
  }
  // Parameters that randomize: drew, without those of `except`.
  static std::map<std::string, std::string> drawn(const Variant& variant,
                                                  const std::string& except = "none") {
    std::map<std::string, std::string> out;
    for (const auto& [name, value] : variant.parameters) {
      if (name.starts_with("randomize.") && name != except) out.emplace(name, value);
    }
    return out;
  }
};

TEST_F(RandomizeTest, NoneChangesNothing) {
  const Variant plain = draw(good(kOpen), 3), none = draw(good(text("none")), 3);
  EXPECT_EQ(plain.parameters, none.parameters);
  EXPECT_EQ(plain.environment.sun_elevation_rad, none.environment.sun_elevation_rad);
  EXPECT_EQ(none.looks, Looks{});
}

TEST_F(RandomizeTest, StructuredVariesAndTellsEverything) {
  const Scenario scenario = good(text("structured"));
  std::set<std::string> kinds;
  std::set<double> suns;
  int rainy = 0, foggy = 0;
  for (std::uint32_t i = 0; i < 400; ++i) {
    const Variant v = draw(scenario, i);
    const std::string kind = v.parameters.at("randomize.weather.kind");
    kinds.insert(kind);
    suns.insert(v.environment.sun_elevation_rad);
    EXPECT_EQ(v.environment.rain_mm_per_h > 0, kind == "rain");
    EXPECT_EQ(v.environment.rain_mm_per_h, v.parameter_values.at("randomize.weather.rain"));
    EXPECT_EQ(v.environment.fog_visibility_m > 0, kind == "fog");
    EXPECT_EQ(v.environment.snow_mm_per_h > 0, kind == "snow");
    EXPECT_GE(v.environment.turbidity, 1.7);
    EXPECT_EQ(v.looks.albedo_jitter, 0.2);
    EXPECT_EQ(v.looks.texture_share, 0);
    EXPECT_EQ(v.actors.size(), draw(good(kOpen), i).actors.size());  // no distractors
    rainy += kind == "rain" ? 1 : 0;
    foggy += kind == "fog" ? 1 : 0;
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"clear", "overcast", "rain", "fog", "snow", "wet"}));
  EXPECT_GT(suns.size(), 390u);
  EXPECT_NEAR(rainy, 40, 20);  // of 400: 10 %, three deviations
  EXPECT_NEAR(foggy, 28, 16);
}

TEST_F(RandomizeTest, KeepsWhatTheScenarioStates) {
  const Variant sun = draw(good(text("structured", kGood)), 5);
  EXPECT_NEAR(sun.environment.sun_elevation_rad, 10 * M_PI / 180, 1e-12);
  EXPECT_EQ(sun.parameters.count("randomize.light.time"), 0u);
  EXPECT_EQ(sun.parameters.count("randomize.weather.kind"), 1u);
  const Scenario rain = good(text("structured", kOpen + "environment: {rain: 2 mm/h}\n"));
  for (std::uint32_t i = 0; i < 20; ++i) {
    const Variant v = draw(rain, i);
    EXPECT_NEAR(v.environment.rain_mm_per_h, 2, 1e-12);
    EXPECT_EQ(v.environment.fog_visibility_m, 0);
    EXPECT_EQ(v.parameters.count("randomize.weather.kind"), 0u);
  }
}

TEST_F(RandomizeTest, OtherDrawsAreNotMoved) {
  const Variant plain = draw(good(kOpen), 11), varied = draw(good(text("wild")), 11);
  for (const auto& [name, value] : plain.parameters) EXPECT_EQ(varied.parameters.at(name), value);
  EXPECT_EQ(plain.site, varied.site);
  for (std::size_t k = 0; k < plain.actors.size(); ++k) {
    EXPECT_EQ(plain.actors[k].model, varied.actors[k].model);
  }
}

TEST_F(RandomizeTest, PinningOneMovesNoOther) {
  const Variant free = draw(good(text("wild")), 4);
  const std::pair<const char*, const char*> pins[] = {
      {"light.turbidity", "2.5"},        {"light.time", "\"07:30\""}, {"light.day", "358"},
      {"weather.rain", "3 mm/h"},        {"weather.wind", "7 m/s"},   {"materials.seed", "77"},
      {"dressing.seed", "12"},           {"textures.share", "0.5"},   {"distractors.count", "4"},
      {"light.latitude", "48 deg"},      {"dressing.street", "lot"},  {"dressing.trees", "0.31"},
      {"dressing.lamp_height", "3.3 m"}, {"dressing.parked", "0.123"}};
  for (const auto& [name, value] : pins) {
    const Variant pinned =
        draw(good(text(std::string("{mode: wild, pin: {") + name + ": " + value + "}}")), 4);
    const std::string path = std::string("randomize.") + name;
    EXPECT_EQ(drawn(free, path), drawn(pinned, path)) << name;
    EXPECT_NE(free.parameters.at(path), pinned.parameters.at(path)) << name;
  }
}

TEST_F(RandomizeTest, WhatWasDrawnReadsBackAsPins) {
  for (std::uint32_t i = 0; i < 30; ++i) {
    const Variant first = draw(good(text("wild")), i);
    std::string pins;
    for (const auto& [name, value] : drawn(first)) {
      pins += (pins.empty() ? "" : ", ") + name.substr(sizeof "randomize." - 1) + ": " + value;
    }
    // Another seed: only the pins can make them equal.
    const Variant again = draw(good(text("{mode: wild, pin: {" + pins + "}}")), i, 99);
    EXPECT_EQ(drawn(first), drawn(again));
    EXPECT_EQ(first.environment.sun_elevation_rad, again.environment.sun_elevation_rad);
    EXPECT_EQ(first.environment.rain_mm_per_h, again.environment.rain_mm_per_h);
    EXPECT_EQ(first.environment.wind_x_mps, again.environment.wind_x_mps);
    EXPECT_EQ(first.looks, again.looks);
  }
}

TEST_F(RandomizeTest, PinsMayBeDistributionsAndNested) {
  const Scenario scenario = good(
      text("{mode: structured, pin: {weather: {kind: {choice: [rain, fog]}, rain: 4 .. 6 mm/h}}}"));
  std::set<std::string> kinds;
  for (std::uint32_t i = 0; i < 40; ++i) {
    const Variant v = draw(scenario, i);
    kinds.insert(v.parameters.at("randomize.weather.kind"));
    EXPECT_GE(v.environment.rain_mm_per_h, 3.99);  // pinned, whatever the kind
    EXPECT_LE(v.environment.rain_mm_per_h, 6.01);
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"rain", "fog"}));
}

TEST_F(RandomizeTest, WildPutsThingsBesideTheRoad) {
  const Scenario scenario = good(text("{mode: wild, pin: {distractors.count: 15}}"));
  const Variant v = draw(scenario, 2);
  const std::size_t usual = draw(good(kOpen), 2).actors.size();
  ASSERT_EQ(v.actors.size(), usual + 15);
  for (std::size_t k = usual; k < v.actors.size(); ++k) {
    EXPECT_TRUE(v.actors[k].name.starts_with("distractor."));
    EXPECT_GE(std::abs(v.actors[k].at.lateral_m), 4.5);
    EXPECT_TRUE(asset::model_size(v.actors[k].model)) << v.actors[k].model.type;
  }
  EXPECT_GT(v.looks.texture_share, 0);
}

TEST_F(RandomizeTest, SensorsAreBuiltOneByOne) {
  const Scenario scenario = good(text("structured"));
  const Variant v = draw(scenario, 1);
  const auto front = *sensor_tolerance(scenario, v, "front", true);
  const auto rear = *sensor_tolerance(scenario, v, "rear", true);
  const auto top = *sensor_tolerance(scenario, v, "top", false);
  EXPECT_NE(front->exposure_ev, rear->exposure_ev);
  EXPECT_LE(std::abs(front->exposure_ev), 0.5);
  EXPECT_EQ(front->texts.size(), 12u);
  EXPECT_EQ(top->texts.size(), 6u);
  EXPECT_TRUE(front->texts.count("randomize.mount.front.yaw"));
  const Scenario pinned = good(
      text("{mode: structured, pin: {mount: {yaw: 0 deg, front.yaw: 1 deg}, camera.exposure: 0}}"));
  const auto one = *sensor_tolerance(pinned, v, "front", true);
  const auto other = *sensor_tolerance(pinned, v, "rear", true);
  EXPECT_EQ(one->texts.at("randomize.mount.front.yaw"), "1.000 deg");
  EXPECT_EQ(other->numbers.at("randomize.mount.rear.yaw"), 0);
  EXPECT_EQ(one->exposure_ev, 0);
  EXPECT_EQ(one->red_gain, front->red_gain);
  EXPECT_FALSE(*sensor_tolerance(good(kOpen), v, "front", true));
}

TEST_F(RandomizeTest, MountingIsOffByAboutADegreeAndACentimetre) {
  const Scenario scenario = good(text("structured"));
  double yaw2 = 0, x2 = 0;
  constexpr int kCount = 500;
  for (int k = 0; k < kCount; ++k) {
    Variant which;
    which.index = static_cast<std::uint32_t>(k);
    const auto t = *sensor_tolerance(scenario, which, "front", false);
    const double yaw = t->numbers.at("randomize.mount.front.yaw") * 180 / M_PI;
    yaw2 += yaw * yaw / kCount;
    x2 += t->T_mount.translation.x * t->T_mount.translation.x / kCount;
    EXPECT_LE(std::abs(yaw), 1.5 + 1e-9);
  }
  EXPECT_NEAR(std::sqrt(yaw2), 0.5, 0.05);
  EXPECT_NEAR(std::sqrt(x2), 0.01, 0.001);
}

TEST_F(RandomizeTest, MistakesAreNamedWhereTheyStand) {
  const auto told = [&](const std::string& randomize) {
    const std::string all = problems(text(randomize));
    return all;
  };
  EXPECT_NE(told("structurd").find("did you mean 'structured'?"), std::string::npos);
  EXPECT_NE(told("{pin: {weather.rain: 1 mm/h}}").find("key 'mode' is missing"), std::string::npos);
  EXPECT_NE(told("{mode: wild, pin: {weather.rian: 1 mm/h}}").find("did you mean 'weather.rain'?"),
            std::string::npos);
  EXPECT_NE(told("{mode: wild, pin: {weather: {rain: 1 m}}}").find("expected a rain rate"),
            std::string::npos)
      << told("{mode: wild, pin: {weather: {rain: 1 m}}}");
  EXPECT_NE(told("{mode: wild, pin: {light.turbidity: 40}}").find("expected"), std::string::npos);
  EXPECT_NE(told("{mode: wild, pin: {weather.kind: hail}}").find("hail"), std::string::npos);
  EXPECT_NE(told("{mode: wild, pin: {weather.rain: 1 mm/h, weather: {rain: 2 mm/h}}}")
                .find("'weather.rain' is pinned twice"),
            std::string::npos);
  EXPECT_NE(told("{mode: wild, pins: {}}").find("unknown key 'pins'"), std::string::npos);
}

}  // namespace
}  // namespace oddroad::scenario
