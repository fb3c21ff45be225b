// Extinction and backscatter of weather at 905 nm. Rates in mm/h (snow: melted), per metre.
#pragma once

#include <cstdint>
#include <string_view>

namespace oddroad::lidar {

// What hangs in the air or falls through it. Numbers are those of point causes from
// capture::PointCause::kRain on.
enum class Airborne : std::uint8_t { kRain, kSnow, kFog, kDust, kSmoke, kSpray };

// kMie: own Mie sums over Marshall and Palmer's drops, fit 3.65e-4 R^0.63, of which half is
// diffraction that a receiver's field of view of several mrad still collects. kGoodin: 0.01 R^0.6
// (Goodin et al., "Predicting the influence of rain on LIDAR in ADAS", Electronics 2019), 25 to 50
// times as strong, which other simulators use: a stress test, not physics.
enum class RainLaw : std::uint8_t { kMie, kGoodin };
// kGunnMarshall: 6.6e-3 R^0.57 (geometric optics, flakes of 0.1 g/cm3). kRasshofer: (15 R + 1) /
// 1000 (dry snow, Rasshofer et al. 2011), a stress test.
enum class SnowLaw : std::uint8_t { kGunnMarshall, kRasshofer };
// Lidar ratio of droplets, extinction over backscatter: kMie 18 sr (Rasshofer's fog sizes); kHahner
// 65 sr (the constant 0.046 / MOR of Hahner et al., "Fog simulation on real LiDAR point clouds",
// ICCV 2021).
enum class FogLaw : std::uint8_t { kMie, kHahner };

struct WeatherLaws {
  RainLaw rain = RainLaw::kMie;
  SnowLaw snow = SnowLaw::kGunnMarshall;
  FogLaw fog = FogLaw::kMie;
};

double rain_extinction_per_m(double rain_mm_per_h, RainLaw law);
double snow_extinction_per_m(double snow_mm_per_h, SnowLaw law);
double fog_backscatter_per_m_sr(double extinction_per_m, FogLaw law);
double dust_backscatter_per_m_sr(double extinction_per_m);  // mineral dust: 45 sr

std::string_view to_string(Airborne kind);

}  // namespace oddroad::lidar
