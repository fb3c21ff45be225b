// The weather of one variant.
#include <cmath>
#include <numbers>

#include "engine/scenario/draw.h"
#include "engine/world/sky_clock.h"

namespace oddroad::scenario {

namespace {

constexpr double kPi = std::numbers::pi;

// Middle of the okta ranges that the words stand for in aviation weather reports (FEW 1-2, BKN 5-7,
// OVC 8).
double cloud_cover(const std::string& word) {
  if (word == "clear") return 0;
  if (word == "few") return 1.5 / 8;
  if (word == "broken") return 6.0 / 8;
  return 1;
}

double wetness_of(const std::string& road_state) {
  if (road_state == "dry") return 0;
  return road_state == "damp" ? 0.5 : 1;
}

world::StreetLights street_lights(const std::string& word) {
  if (word == "auto") return world::StreetLights::kAuto;
  return word == "on" ? world::StreetLights::kOn : world::StreetLights::kOff;
}

// Europe's middle and a spring day, where nobody says otherwise.
constexpr world::Place kSomewhere{50 * kPi / 180, 10 * kPi / 180};
constexpr double kSomeDay = 20'532;  // 2026-03-20

// Clock time is that of the place's nautical zone (15 degrees an hour, no summer time) unless the
// scenario gives its offset from UT.
void draw_clock(const EnvironmentRule& rule, Drawer& drawer,
                const std::optional<world::Place>& map_place, EnvironmentDraw& out) {
  world::Place place = map_place.value_or(kSomewhere);
  place.latitude_rad = drawer.number(rule.latitude, place.latitude_rad);
  place.longitude_rad = drawer.number(rule.longitude, place.longitude_rad);
  out.latitude_rad = place.latitude_rad;
  out.longitude_rad = place.longitude_rad;
  if (!rule.time) return;
  const double clock_s = drawer.number(rule.time, 0);
  const double day = std::floor(drawer.number(rule.date, kSomeDay));
  const double zone_s = 3600 * std::round(place.longitude_rad * 180 / kPi / 15);
  out.start_utc_s = std::llround(day * 86'400 + clock_s - drawer.number(rule.utc_offset, zone_s));
  const world::SkyPosition sun = world::sun_position(out.start_utc_s, place);
  out.sun_elevation_rad = sun.elevation_rad;
  out.sun_azimuth_rad = sun.azimuth_rad;
  out.moon_lit = world::moon_lit(out.start_utc_s);
  const world::SkyPosition moon = world::moon_position(out.start_utc_s, place);
  out.moon_elevation_rad = moon.elevation_rad;
  out.moon_azimuth_rad = moon.azimuth_rad;
}

void draw_light(const EnvironmentRule& rule, Drawer& drawer,
                const std::optional<world::Place>& map_place, EnvironmentDraw& out) {
  draw_clock(rule, drawer, map_place, out);
  out.sun_elevation_rad = drawer.number(rule.sun_elevation, out.sun_elevation_rad);
  out.sun_azimuth_rad = drawer.number(rule.sun_azimuth, out.sun_azimuth_rad);
  if (rule.moon) {
    out.moon_lit = drawer.number(rule.moon, out.moon_lit);
    const double ahead = world::elongation_of(out.moon_lit);
    out.moon_azimuth_rad = std::remainder(out.sun_azimuth_rad + ahead, 2 * kPi);
    if (rule.time) {
      const world::SkyPosition moon = world::moon_position(
          out.start_utc_s, {out.latitude_rad, out.longitude_rad}, out.moon_lit);
      out.moon_elevation_rad = moon.elevation_rad;
      out.moon_azimuth_rad = moon.azimuth_rad;
    }
  }
  if (rule.clouds) out.cloud_cover = cloud_cover(drawer.draw(*rule.clouds).word);
  out.turbidity = drawer.number(rule.turbidity, out.turbidity);
  if (rule.street_lights) {
    out.street_lights = street_lights(drawer.draw(*rule.street_lights).word);
  }
}

void draw_air(const EnvironmentRule& rule, Drawer& drawer, EnvironmentDraw& out) {
  out.fog_visibility_m = drawer.number(rule.fog, 0);
  out.fog_height_m = drawer.number(rule.fog_height, 0);
  out.fog_banks = drawer.number(rule.fog_banks, 0);
  out.dust_visibility_m = drawer.number(rule.dust, 0);
  const double wind_mps = drawer.number(rule.wind_speed, 0);
  const double wind_from_rad = drawer.number(rule.wind_from, kPi);
  out.wind_x_mps = -wind_mps * std::cos(wind_from_rad);
  out.wind_y_mps = -wind_mps * std::sin(wind_from_rad);
  out.temperature_c = drawer.number(rule.temperature, out.temperature_c);
  if (!rule.smoke) return;
  out.smoke = SmokePlume{drawer.number(rule.smoke->from, 0), drawer.number(rule.smoke->lateral, 0)};
  out.smoke_visibility_m = drawer.number(rule.smoke->visibility, 20);
  out.smoke_radius_m = drawer.number(rule.smoke->radius, 4);
}

void draw_water(const EnvironmentRule& rule, Drawer& drawer, EnvironmentDraw& out) {
  constexpr double kHidesGround_m = 0.05;
  out.rain_mm_per_h = drawer.number(rule.rain, 0);
  out.snow_mm_per_h = drawer.number(rule.snow, 0);
  out.snow_depth_m = drawer.number(rule.snow_depth, 0);
  out.snow_cover = drawer.number(rule.snow_cover, std::min(out.snow_depth_m / kHidesGround_m, 1.0));
  if (!rule.snow_depth) out.snow_depth_m = kHidesGround_m * out.snow_cover;
  out.road_wetness = drawer.maybe(rule.wetness);
  if (rule.road_state) out.road_wetness = wetness_of(drawer.draw(*rule.road_state).word);
  out.road_puddles = drawer.maybe(rule.puddles);
  out.road_snow = drawer.maybe(rule.snow_on_road);
  out.ice = drawer.number(rule.ice, 0);
  out.stated_friction = drawer.maybe(rule.friction);
  for (const PatchRule& patch : rule.patches) {
    FrictionPatch drawn;
    drawn.from_m = drawer.number(patch.from, 0);
    drawn.length_m = drawer.number(patch.length, 10);
    drawn.width_m = drawer.number(patch.width, 3.5);
    drawn.lateral_m = drawer.number(patch.lateral, 0);
    drawn.friction = drawer.number(patch.friction, 0.2);
    out.patches.push_back(drawn);
  }
}

}  // namespace

core::Result<EnvironmentDraw> draw_environment(const EnvironmentRule& rule, const Sampler& sampler,
                                               const Draws& draws,
                                               const std::optional<world::Place>& map_place) {
  Drawer drawer(sampler, draws);
  EnvironmentDraw out;
  draw_light(rule, drawer, map_place, out);
  draw_air(rule, drawer, out);
  draw_water(rule, drawer, out);
  // Rain and snow come out of clouds.
  const bool falls = out.rain_mm_per_h > 0.2 || out.snow_mm_per_h > 0.1;
  if (!rule.clouds && falls) out.cloud_cover = 1;
  if (drawer.problems().has_errors()) return tl::unexpected<core::Diagnostics>(drawer.problems());
  return out;
}

}  // namespace oddroad::scenario
