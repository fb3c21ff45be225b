#include "engine/sim/road_water.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/friction.h"

namespace oddroad::sim {

RoadSurface road_surface(const scenario::EnvironmentDraw& weather) {
  constexpr double kDryingH = 40.0 / 60;
  constexpr double kFullMm = 2;
  constexpr double kWetRoadMm = 0.2;
  const double rain = weather.rain_mm_per_h;
  RoadSurface out;
  out.wetness = weather.road_wetness.value_or(std::min(rain * kDryingH / kFullMm, 1.0));
  out.film_mm = water_film_mm(rain);
  if (weather.road_wetness) {
    out.film_mm =
        out.wetness > 0 ? std::max(out.film_mm, kWetRoadMm * std::min(out.wetness, 1.0)) : 0;
  }
  const double standing = 0.06 * std::sqrt(rain / 20) * out.wetness;
  out.puddles = weather.road_puddles.value_or(std::min(standing, 0.5));
  out.snow = weather.road_snow.value_or(0.25 * weather.snow_cover);
  return out;
}

}  // namespace oddroad::sim
