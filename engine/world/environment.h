// Light and weather of a clip: one state that all sensors, tyres and lamps go by. Constant over a
// clip. World frame, SI and radians unless a name says otherwise; azimuths count counter-clockwise
// from world x (east).
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace oddroad::world {

// kAuto: by the darkness outside.
enum class StreetLights : std::uint8_t { kAuto, kOn, kOff };

struct Environment {
  // --- light ---
  double sun_elevation_rad = 0.7;
  double sun_azimuth_rad = 0;
  double moon_elevation_rad = 0.6;
  double moon_azimuth_rad = 0;
  double moon_lit = 0;       // share of its disc that is lit: 0 new, 0.5 half, 1 full
  double cloud_cover = 0.2;  // 0 clear to 1 overcast
  double turbidity = 3;      // Preetham's: 1 pure air, 2 very clear, 6 hazy, 10 thick haze
  std::uint64_t sky_seed = 0;
  StreetLights street_lights = StreetLights::kAuto;
  std::int64_t start_utc_s = 0;  // of the simulation, since 1970; 0: the scenario states none
  double latitude_rad = 0;       // of the scene, north and east positive
  double longitude_rad = 0;

  // --- air ---
  // Visibilities are meteorological optical ranges: contrast falls to 5 % over them. 0 = none.
  double fog_visibility_m = 0;    // at the ground
  double fog_height_m = 0;        // over which it thins to 1/e; 0 = the same at any height
  double fog_banks = 0;           // 0 even; 1 nothing between the banks
  double dust_visibility_m = 0;   // dry dust in the air, everywhere
  double smoke_visibility_m = 0;  // inside the plume; 0 = no plume
  double smoke_x_m = 0;           // the foot of the plume
  double smoke_y_m = 0;
  double smoke_z_m = 0;
  double smoke_radius_m = 0;
  double wind_x_mps = 0;  // where the air moves to
  double wind_y_mps = 0;
  double temperature_c = 15;

  // --- water ---
  double rain_mm_per_h = 0;
  double snow_mm_per_h = 0;  // melted
  double wetness = 0;        // of the road: 0 dry, 0.5 damp, 1 its texture is full
  double water_film_mm = 0;  // above the road's texture, where tyres run
  double puddles = 0;        // share of level ground under standing water
  double snow_cover = 0;     // share of open ground that snow hides
  double snow_depth_m = 0;   // of lying snow
  double snow_on_road = 0;   // share of the wheel tracks of carriageways that snow hides
  double friction = 0.85;    // tyre-road coefficient

  bool operator==(const Environment&) const = default;
};

// Extinction per metre of a visibility: alpha = ln(20) / MOR (WMO Guide 8, ch. 9: 5 % contrast).
inline constexpr double kLn20 = 2.995732273553991;
constexpr double extinction_per_m(double visibility_m) {
  return visibility_m > 0 ? kLn20 / visibility_m : 0;
}

// Every number of the state by the name that files give it.
inline constexpr std::pair<std::string_view, double Environment::*> kEnvironmentNumbers[] = {
    {"sun_elevation_rad", &Environment::sun_elevation_rad},
    {"sun_azimuth_rad", &Environment::sun_azimuth_rad},
    {"moon_elevation_rad", &Environment::moon_elevation_rad},
    {"moon_azimuth_rad", &Environment::moon_azimuth_rad},
    {"moon_lit", &Environment::moon_lit},
    {"cloud_cover", &Environment::cloud_cover},
    {"turbidity", &Environment::turbidity},
    {"latitude_rad", &Environment::latitude_rad},
    {"longitude_rad", &Environment::longitude_rad},
    {"fog_visibility_m", &Environment::fog_visibility_m},
    {"fog_height_m", &Environment::fog_height_m},
    {"fog_banks", &Environment::fog_banks},
    {"dust_visibility_m", &Environment::dust_visibility_m},
    {"smoke_visibility_m", &Environment::smoke_visibility_m},
    {"smoke_x_m", &Environment::smoke_x_m},
    {"smoke_y_m", &Environment::smoke_y_m},
    {"smoke_z_m", &Environment::smoke_z_m},
    {"smoke_radius_m", &Environment::smoke_radius_m},
    {"wind_x_mps", &Environment::wind_x_mps},
    {"wind_y_mps", &Environment::wind_y_mps},
    {"temperature_c", &Environment::temperature_c},
    {"rain_mm_per_h", &Environment::rain_mm_per_h},
    {"snow_mm_per_h", &Environment::snow_mm_per_h},
    {"wetness", &Environment::wetness},
    {"water_film_mm", &Environment::water_film_mm},
    {"puddles", &Environment::puddles},
    {"snow_cover", &Environment::snow_cover},
    {"snow_depth_m", &Environment::snow_depth_m},
    {"snow_on_road", &Environment::snow_on_road},
    {"friction", &Environment::friction},
};

constexpr std::string_view to_string(StreetLights lights) {
  return lights == StreetLights::kOn ? "on" : lights == StreetLights::kOff ? "off" : "auto";
}

}  // namespace oddroad::world
