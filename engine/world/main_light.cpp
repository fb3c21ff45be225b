#include "engine/world/main_light.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::world {

MainLight main_light(const Environment& e) {
  constexpr double kDegree = std::numbers::pi / 180;
  constexpr double kFullMoon = 0.27 / 127'500;
  const double phase_exponent = std::log2(11.0);
  const double moon = kFullMoon * std::pow(std::clamp(e.moon_lit, 0.0, 1.0), phase_exponent);
  const bool dark = e.sun_elevation_rad < -8 * kDegree;
  if (dark && e.moon_elevation_rad > 2 * kDegree && moon > 1e-9) {
    return {e.moon_elevation_rad, e.moon_azimuth_rad, moon};
  }
  return {e.sun_elevation_rad, e.sun_azimuth_rad, 1};
}

}  // namespace oddroad::world
