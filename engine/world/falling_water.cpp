#include "engine/world/falling_water.h"

#include <cmath>

namespace oddroad::world {

double rain_extinction_per_m(double rain_mm_per_h) {
  return rain_mm_per_h > 0 ? 3.1e-4 * std::pow(rain_mm_per_h, 0.67) : 0;
}

double snow_extinction_per_m(double snow_mm_per_h) {
  return snow_mm_per_h > 0 ? 6.6e-3 * std::pow(snow_mm_per_h, 0.57) : 0;
}

}  // namespace oddroad::world
