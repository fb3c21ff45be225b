// environment: what it means, and what is said of a wrong one.
#include "scenario_fixture.h"

#include <cmath>

namespace oddroad::scenario {
namespace {

constexpr double kDegree = M_PI / 180;

class EnvironmentTest : public ScenarioTest {
 protected:
  static std::string text(const std::string& environment) {
    return with(kGood, "environment:\n  sun: {elevation: 10 deg, azimuth: 0 .. 360 deg}",
                "environment: {" + environment + "}");
  }
  EnvironmentDraw drawn(const std::string& environment, std::uint32_t index = 0) const {
    return draw(good(text(environment)), index).environment;
  }
  std::string said(const std::string& environment) const { return problems(text(environment)); }
};

// A finder of a map that says where it lies.
class SomePlace : public OneSite {
 public:
  [[nodiscard]] std::optional<world::Place> place(const Site&) const override {
    return world::Place{-33.9 * kDegree, 151.2 * kDegree};
  }
};

TEST_F(EnvironmentTest, SunFollowsFromTimeDateAndPlace) {
  const EnvironmentDraw e = drawn(
      "time: \"14:00\", date: 2026-06-21, utc_offset: 2 h, "
      "place: {latitude: 48.137 deg, longitude: 11.575 deg}");
  EXPECT_EQ(e.start_utc_s, 20'625LL * 86'400 + 12 * 3600);
  EXPECT_NEAR(e.sun_elevation_rad / kDegree, 90 - 26.2319, 1e-3);
  EXPECT_NEAR(e.sun_azimuth_rad / kDegree, 90 - 203.5992, 1e-3);
  // Without an offset: the zone of 11.6 degrees is UT + 1 h.
  const EnvironmentDraw zone = drawn(
      "time: \"13:00:00\", date: 2026-06-21, place: {latitude: 48.137 deg, longitude: 11.575 deg}");
  EXPECT_EQ(zone.start_utc_s, e.start_utc_s);
}

TEST_F(EnvironmentTest, TheMapSaysWhereItLies) {
  const Scenario scenario = good(text("time: \"12:00\", date: 2026-12-21"));
  const auto variant = draw_variant(scenario, 7, 0, SomePlace(), nullptr);
  ASSERT_TRUE(variant);
  EXPECT_NEAR(variant->environment.latitude_rad / kDegree, -33.9, 1e-9);
  EXPECT_GT(variant->environment.sun_elevation_rad / kDegree, 75);  // summer in Sydney
  EXPECT_LT(drawn("time: \"12:00\", date: 2026-12-21").sun_elevation_rad / kDegree, 20);
}

TEST_F(EnvironmentTest, WhatIsStatedOverridesTheClock) {
  const EnvironmentDraw e = drawn("time: \"12:00\", sun: {elevation: 3 deg}, moon: full");
  EXPECT_NEAR(e.sun_elevation_rad / kDegree, 3, 1e-12);
  EXPECT_NE(e.start_utc_s, 0);
  EXPECT_EQ(e.moon_lit, 1);
  EXPECT_LT(e.moon_elevation_rad, 0);  // at noon the full moon is down
  EXPECT_EQ(drawn("moon: {choice: [half, full]}").moon_lit == 1 ||
                drawn("moon: {choice: [half, full]}").moon_lit == 0.5,
            true);
}

TEST_F(EnvironmentTest, ClockValuesAreDrawn) {
  const Scenario scenario =
      good(text("time: 06:00 .. 09:00, date: {choice: {2026-01-01: 1, 2026-07-01: 2}}"));
  int summers = 0;
  for (std::uint32_t i = 0; i < 60; ++i) {
    const EnvironmentDraw e = draw(scenario, i).environment;
    const std::int64_t local = e.start_utc_s + 3600;
    EXPECT_GE(local % 86'400, 6 * 3600);
    EXPECT_LE(local % 86'400, 9 * 3600);
    const std::int64_t day = local / 86'400;
    EXPECT_TRUE(day == 20'454 || day == 20'635) << day;
    summers += day == 20'635;
  }
  EXPECT_NEAR(summers, 40, 12);
}

TEST_F(EnvironmentTest, AirAndWaterAreRead) {
  const EnvironmentDraw e = drawn(
      "fog: 200 m, fog_height: 15 m, fog_banks: 60 %, dust: 2 km, wind: {speed: 5 m/s, from: 90 "
      "deg}, "
      "temperature: -3 degC, snow: 1.5 mm/h, snow_depth: 2 cm, turbidity: 5, street_lights: none, "
      "smoke: {visibility: 10 m, from: 60 m}, road: {state: damp, puddles: 10 %, snow: 30 %}");
  EXPECT_EQ(e.fog_visibility_m, 200);
  EXPECT_EQ(e.fog_height_m, 15);
  EXPECT_NEAR(e.fog_banks, 0.6, 1e-12);
  EXPECT_EQ(e.dust_visibility_m, 2000);
  EXPECT_NEAR(e.wind_x_mps, 0, 1e-12);
  EXPECT_NEAR(e.wind_y_mps, -5, 1e-12);  // from the north: to the south
  EXPECT_EQ(e.temperature_c, -3);
  EXPECT_EQ(e.snow_mm_per_h, 1.5);
  EXPECT_NEAR(e.snow_cover, 0.4, 1e-12);
  EXPECT_EQ(e.turbidity, 5);
  EXPECT_EQ(e.street_lights, world::StreetLights::kOff);
  EXPECT_EQ(e.smoke_visibility_m, 10);
  ASSERT_TRUE(e.smoke);
  EXPECT_EQ(e.smoke->from_m, 60);
  EXPECT_EQ(e.road_wetness, 0.5);
  EXPECT_EQ(e.road_snow, 0.3);
  EXPECT_FALSE(drawn("road: {wetness: auto}").road_wetness);
  EXPECT_EQ(drawn("rain: 2 mm/h").cloud_cover, 1);
  EXPECT_EQ(drawn("rain: 2 mm/h, clouds: clear").cloud_cover, 0);
}

TEST_F(EnvironmentTest, WrongValuesAreNamed) {
  EXPECT_EQ(said("time: \"25:00\""), "13:22: '25:00' is no time of day; write one like \"23:30\"");
  EXPECT_EQ(said("time: noon"), "13:21: expected a time like '2 s', found 'noon'");
  EXPECT_EQ(said("time: \"12:00\", date: 2026-02-30"),
            "13:36: '2026-02-30' is no date from 1900 to 2199; write one like 2026-06-21");
  EXPECT_EQ(said("date: 2026-02-03"),
            "13:21: date: says nothing without a time; add time: \"14:00\"");
  EXPECT_EQ(said("fog: 200"), "13:20: expected a length like '3 m', found '200'");
  EXPECT_EQ(said("fog_height: 10 m"), "13:27: fog_height: says nothing without fog");
  EXPECT_EQ(said("temperature: 3 m"), "13:28: expected a temperature like '3 degC', found '3 m'");
  EXPECT_EQ(said("snow: 80 mm/h"),
            "13:21: 'environment.snow' is 80 mm/h, expected 0 mm/h to 50 mm/h");
  EXPECT_EQ(said("moon: blue"), "13:21: expected a number without a unit, found 'blue'");
  EXPECT_EQ(said("street_lights: dim"), "13:30: 'dim' is none of auto, on, off, none");
  EXPECT_EQ(said("road: {state: icy}"), "13:29: 'icy' is none of dry, damp, wet");
  EXPECT_EQ(said("road: {state: wet, wetness: 3 %}"),
            "13:43: road: has a state and a wetness; leave one of them out");
  EXPECT_EQ(said("place: {latitude: 3 deg}, time: \"12:00\""),
            "13:22: place: key 'longitude' is missing");
  EXPECT_EQ(said("wind: 5 m/s"), "13:21: wind: expected a map, found '5 m/s'");
  EXPECT_EQ(said("hail: 3 mm/h").substr(0, 52),
            "13:15: unknown key 'hail'; there are time, date, utc");
}

}  // namespace
}  // namespace oddroad::scenario
