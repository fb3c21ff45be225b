#include "sensors/lidar/weather_laws.h"

#include <cmath>

#include "engine/world/falling_water.h"

namespace oddroad::lidar {

double rain_extinction_per_m(double rate, RainLaw law) {
  if (rate <= 0) return 0;
  if (law == RainLaw::kGoodin) return 0.01 * std::pow(rate, 0.6);
  return 0.5 * 3.65e-4 * std::pow(rate, 0.63);
}

double snow_extinction_per_m(double rate, SnowLaw law) {
  if (rate <= 0) return 0;
  if (law == SnowLaw::kRasshofer) return (15 * rate + 1) / 1000;
  return world::snow_extinction_per_m(rate);
}

double fog_backscatter_per_m_sr(double extinction_per_m, FogLaw law) {
  return extinction_per_m / (law == FogLaw::kMie ? 18 : 65);
}

double dust_backscatter_per_m_sr(double extinction_per_m) {
  return extinction_per_m / 45;
}

std::string_view to_string(Airborne kind) {
  constexpr std::string_view kNames[] = {"rain", "snow", "fog", "dust", "smoke", "spray"};
  return kNames[static_cast<int>(kind)];
}

}  // namespace oddroad::lidar
